// The least of Parigot's ABI that the benchmark's module needs, for JavaScript hosts.

/** Every import answers "not supported": the module links WASI, and calls none of it. */
export function imports(module) {
  const object = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (object[from] ??= {})[name] = () => 52;
  }
  return object;
}

/** Calls a method: allocate, copy in, call, copy out, free. */
export function call(exports, method, request) {
  const pointer = request.length ? exports.parigot_alloc(request.length) : 0;
  new Uint8Array(exports.memory.buffer, pointer, request.length).set(request);
  const packed = BigInt.asUintN(64, exports[method](pointer, request.length));
  const start = Number(packed >> 32n);
  const length = Number(packed & 0x7fffffffn);
  const response = new Uint8Array(exports.memory.buffer).slice(start, start + length);
  if (request.length) exports.parigot_free?.(pointer, request.length);
  return response;
}
