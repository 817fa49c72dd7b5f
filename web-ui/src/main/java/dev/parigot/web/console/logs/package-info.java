/** The log of an app, as it is written. */
@NullMarked
package dev.parigot.web.console.logs;

import org.jspecify.annotations.NullMarked;
