/**
 * The small parts that the console's views share: a state, a moment, a command to copy, a problem.
 */
@NullMarked
package dev.parigot.web.console.part;

import org.jspecify.annotations.NullMarked;
