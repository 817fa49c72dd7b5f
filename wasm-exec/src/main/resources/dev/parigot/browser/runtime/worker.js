import { exchangeByXhr } from './outbound.js';
import { host } from './host.js';

/** @import { Clock } from './situation.js' */
/** @import { ToWorker } from './host.js' */

/** The worker in which an app runs in a browser. */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const REST = 1000;

/** Something to wait at, shared with nobody: not every page may have a SharedArrayBuffer. */
const bench = shared();

function shared() {
  try {
    return new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer, 0, 1);
  } catch {
    return null;
  }
}

/** @param {number} millis */
function sleep(millis) {
  const end = performance.now() + millis;
  if (bench) {
    Atomics.wait(bench, 0, 0, millis);
  }
  while (performance.now() < end) {
    // There is no other way to wait here, or it ended early.
  }
}

/** @type {Clock} */
const clock = {
  now: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n,
  monotonic: () => performance.now() * 1e6,
  sleep: nanos => sleep(nanos / 1e6),
};

const receive = host((message, transfer = []) => scope.postMessage(message, transfer), {
  ground: () => ({
    clock,
    random: bytes => void crypto.getRandomValues(/** @type {Uint8Array<ArrayBuffer>} */ (bytes)),
    exchange: exchangeByXhr,
    later: (millis, work) => void setTimeout(work, millis),
    rest: REST,
  }),
});

scope.onmessage = ({ data }) => receive(/** @type {ToWorker} */ (data));
