package dev.parigot.contract;

import dev.parigot.wasm.FunctionType;

/** A function that can be called from outside: a service's method, or a plain module's export. */
public record Method(String name, FunctionType type) {}
