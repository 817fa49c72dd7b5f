/** From pushed files to a running release: read, check, store, release, launch. */
@NullMarked
package dev.parigot.pipeline;

import org.jspecify.annotations.NullMarked;
