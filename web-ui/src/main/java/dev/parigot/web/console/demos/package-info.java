/** The demos of an app, and how a release is shared as one. */
@NullMarked
package dev.parigot.web.console.demos;

import org.jspecify.annotations.NullMarked;
