/** The releases of an app, and the way back to an earlier one. */
@NullMarked
package dev.parigot.web.console.releases;

import org.jspecify.annotations.NullMarked;
