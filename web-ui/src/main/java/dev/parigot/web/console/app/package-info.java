/** The frame around one app: its state, its address, its last release, and its tabs. */
@NullMarked
package dev.parigot.web.console.app;

import org.jspecify.annotations.NullMarked;
