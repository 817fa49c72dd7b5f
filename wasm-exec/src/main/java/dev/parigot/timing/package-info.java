/**
 * Who goes next: runs work one step at a time, in an order that a strategy chooses, on a clock of
 * its own.
 */
@NullMarked
package dev.parigot.timing;

import org.jspecify.annotations.NullMarked;
