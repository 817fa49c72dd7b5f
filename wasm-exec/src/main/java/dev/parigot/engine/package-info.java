/** Runs modules: GraalWasm behind a few types, with limits that hold. */
@NullMarked
package dev.parigot.engine;

import org.jspecify.annotations.NullMarked;
