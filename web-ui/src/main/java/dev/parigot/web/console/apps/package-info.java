/** An account's apps, and the making of a new one. */
@NullMarked
package dev.parigot.web.console.apps;

import org.jspecify.annotations.NullMarked;
