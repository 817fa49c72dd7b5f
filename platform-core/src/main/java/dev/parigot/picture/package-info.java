/**
 * How a test fails, as it is drawn: made of what was recorded of the run, bounded in rows and
 * characters, so that a browser needs nothing else.
 */
@NullMarked
package dev.parigot.picture;

import org.jspecify.annotations.NullMarked;
