/** WASM modules as data: the model, its reader and its writer. Imports nothing of ours. */
@NullMarked
package dev.parigot.wasm;

import org.jspecify.annotations.NullMarked;
