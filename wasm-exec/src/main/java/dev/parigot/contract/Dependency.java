package dev.parigot.contract;

/**
 * A call to another service that a module can make.
 *
 * @param async whether it starts the call and gets a future, instead of waiting
 * @param offset of the import, in bytes from the start of the module's file
 */
public record Dependency(String service, String method, boolean async, long offset) {}
