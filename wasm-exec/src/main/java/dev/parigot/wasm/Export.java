package dev.parigot.wasm;

/** Something that a module offers under a name. {@code index} counts imports first. */
public record Export(String name, ExternalKind kind, int index, Offset offset) {}
