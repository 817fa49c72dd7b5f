/** The configuration of an app, and its deletion. */
@NullMarked
package dev.parigot.web.console.settings;

import org.jspecify.annotations.NullMarked;
