/** Merges the modules of an app into one, in which calls between services are function calls. */
@NullMarked
package dev.parigot.wind;

import org.jspecify.annotations.NullMarked;
