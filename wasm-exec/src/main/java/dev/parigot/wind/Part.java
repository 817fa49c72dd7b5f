package dev.parigot.wind;

import dev.parigot.contract.Contract;
import dev.parigot.wasm.WasmModule;

/**
 * A service, a plain module or a test module that is to be wound.
 *
 * @param digest of its file, {@code sha256:…}
 */
public record Part(String name, String digest, Contract contract, WasmModule module) {}
