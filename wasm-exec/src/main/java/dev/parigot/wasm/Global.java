package dev.parigot.wasm;

/** A global variable that the module defines. */
public record Global(ExternalType.OfGlobal type, Expression initial) {}
