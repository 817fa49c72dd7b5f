/** The benchmarks of {@code parigot bench}: they print figures and assert none. */
@NullMarked
package dev.parigot.bench;

import org.jspecify.annotations.NullMarked;
