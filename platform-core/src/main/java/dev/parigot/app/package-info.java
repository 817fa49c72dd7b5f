/** Apps, who owns them, and their configuration. */
@NullMarked
package dev.parigot.app;

import org.jspecify.annotations.NullMarked;
