package dev.parigot.wasm;

/** Something that a module needs from outside. */
public record Import(String module, String name, ExternalType type, Offset offset) {}
