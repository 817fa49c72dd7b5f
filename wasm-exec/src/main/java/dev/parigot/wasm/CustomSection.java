package dev.parigot.wasm;

import org.jspecify.annotations.Nullable;

/**
 * A section that means nothing to the engine: names, debugging information, producers.
 *
 * @param after the other section that it follows, or null before all others
 */
public record CustomSection(String name, Bytes content, @Nullable SectionId after, Offset offset) {}
