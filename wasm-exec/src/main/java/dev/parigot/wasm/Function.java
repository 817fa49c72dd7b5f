package dev.parigot.wasm;

/**
 * A function that the module defines.
 *
 * @param type the index of its type
 * @param code its local variables and its instructions, as they stand in the binary
 */
public record Function(int type, Expression code) {}
