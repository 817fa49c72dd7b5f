/** Tests what was pushed before it may go live: its integration tests and its timing tests. */
@NullMarked
package dev.parigot.gate;

import org.jspecify.annotations.NullMarked;
