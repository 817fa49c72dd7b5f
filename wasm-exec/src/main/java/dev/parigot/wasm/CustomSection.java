package dev.parigot.wasm;

/**
 * A section that means nothing to the engine: names, debugging information, producers.
 *
 * @param after the other section that it follows, or null before all others
 */
public record CustomSection(
    String name,
    Bytes content,
    @org.jspecify.annotations.Nullable SectionId after,
    Offset offset) {}
