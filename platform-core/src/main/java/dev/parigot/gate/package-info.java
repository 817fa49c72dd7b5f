/**
 * Tests what was pushed before it may go live: its integration tests and its timing tests; and what
 * is live, when somebody suspects its timing.
 */
@NullMarked
package dev.parigot.gate;

import org.jspecify.annotations.NullMarked;
