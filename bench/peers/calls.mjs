// Calls of 1 KB from module to module, in V8: wound into one program, and as two instances with glue between them.
import { call, imports } from './host.mjs';

const CALLS = 2_000;
/** What the method `many` of `caller` makes. */
const MANY = 100;
const ROUNDS = 9;

/** Nanoseconds of a call from `caller` to `echo`. */
export function measure({ wound, caller, echo }) {
  const program = instance(wound, imports(wound));
  const request = new Uint8Array(1024).fill(65);
  const merged = own(program, 'caller');
  const pair = glued(caller, echo);
  return {
    wound: best(() => call(merged, 'many', request)) / MANY,
    glue: best(() => call(pair, 'many', request)) / MANY,
  };
}

function instance(module, object) {
  const { exports } = new WebAssembly.Instance(module, object);
  exports._initialize?.();
  return exports;
}

/** One service's exports of a wound program, under the names that they had. */
function own(program, service) {
  const found = Object.entries(program).filter(([name]) => name.startsWith(`${service}.`));
  return Object.fromEntries(found.map(([name, it]) => [name.slice(service.length + 1), it]));
}

function glued(caller, echo) {
  const callee = instance(echo, imports(echo));
  const object = imports(caller);
  let front;
  object['parigot:service/echo'] = {
    echo: (pointer, length) => {
      const there = callee.parigot_alloc(length);
      new Uint8Array(callee.memory.buffer).set(new Uint8Array(front.memory.buffer, pointer, length), there);
      const packed = BigInt.asUintN(64, callee.echo(there, length));
      const start = Number(packed >> 32n);
      const size = Number(packed & 0x7fffffffn);
      const back = front.parigot_alloc(size);
      new Uint8Array(front.memory.buffer).set(new Uint8Array(callee.memory.buffer, start, size), back);
      callee.parigot_free?.(there, length);
      return (BigInt(back) << 32n) | BigInt(size);
    },
  };
  front = instance(caller, object);
  return front;
}

function best(work) {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    for (let i = 0; i < CALLS; i++) work();
    least = Math.min(least, ((performance.now() - begin) * 1e6) / CALLS);
  }
  return least;
}
