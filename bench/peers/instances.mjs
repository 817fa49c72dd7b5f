// New instances in V8: node instances.mjs MODULE METHOD REQUEST_BYTES ROUNDS; each takes one call. Prints nanoseconds, a line a round.
import { readFileSync } from 'node:fs';
import { randomFillSync } from 'node:crypto';
import { call, imports } from './host.mjs';

const [file, method, bytes, rounds] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const request = new Uint8Array(Number(bytes));

/** The error 404, as an import answers it. */
function absent(exports) {
  const at = exports.parigot_alloc(4);
  new DataView(exports.memory.buffer).setUint32(at, 404, true);
  return (BigInt(at) << 32n) | (1n << 31n) | 4n;
}

for (let i = 0; i < Number(rounds); i++) {
  const begin = process.hrtime.bigint();
  let exports;
  const wasi = {
    clock_time_get: (_id, _precision, at) => {
      new DataView(exports.memory.buffer).setBigUint64(at, process.hrtime.bigint(), true);
      return 0;
    },
    random_get: (at, length) => {
      randomFillSync(new Uint8Array(exports.memory.buffer, at, length));
      return 0;
    },
    args_sizes_get: (count, size) => zero(count, size),
    environ_sizes_get: (count, size) => zero(count, size),
    args_get: () => 0,
    environ_get: () => 0,
    sched_yield: () => 0,
  };
  const zero = (...places) => {
    for (const at of places) new DataView(exports.memory.buffer).setUint32(at, 0, true);
    return 0;
  };
  // What the methods use of Parigot: randomness, and a store in which nothing is.
  const parigot = {
    'parigot:random': { fill: (at, length) => randomFillSync(new Uint8Array(exports.memory.buffer, at, length)) && undefined },
    'parigot:kv': { get: () => absent(exports) },
  };
  const object = imports(module);
  for (const name in parigot) if (object[name]) Object.assign(object[name], parigot[name]);
  Object.assign((object.wasi_snapshot_preview1 ??= {}), wasi);
  exports = new WebAssembly.Instance(module, object).exports;
  exports._initialize?.();
  call(exports, method, request);
  console.log(String(process.hrtime.bigint() - begin));
}
