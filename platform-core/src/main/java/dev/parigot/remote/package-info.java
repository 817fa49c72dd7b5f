/** Calls of an app's services from a signed-in developer's own machine. */
@NullMarked
package dev.parigot.remote;

import org.jspecify.annotations.NullMarked;
