/** Releases: the immutable deployments of an app. */
@NullMarked
package dev.parigot.release;

import org.jspecify.annotations.NullMarked;
