import { textOf } from './memory.js';

/** @import { Guest } from './guest.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { Call } from './program.js' */
/** @import { Clock, Observer } from './situation.js' */

/**
 * A call or a use of an import, as the panel shows it. Times are microseconds since the trace began.
 *
 * @typedef {object} Span
 * @property {number} depth
 * @property {string | null} caller
 * @property {string} name `service.method`, or what of an import was used
 * @property {'call' | 'host'} kind
 * @property {number} start
 * @property {number} end
 * @property {number} code 0 if it is not known to have failed
 *
 * @typedef {object} Trace
 * @property {number} id
 * @property {string} what a person calls it
 * @property {number} at milliseconds since 1970
 * @property {number} micros
 * @property {Span[]} spans
 * @property {number} dropped spans that were too many
 */

/** Of a trace; a loop may call ten thousand times. */
const MOST_SPANS = 400;
const NOT_SHOWN = ['parigot:clock', 'parigot:random', 'parigot:log', 'wasi_snapshot_preview1'];

/** Why a call failed, for a person. @param {Outcome} outcome */
export function told(outcome) {
  switch (outcome.kind) {
    case 'returned':
      return 'it returned';
    case 'failed':
      return `${outcome.code} ${outcome.message}`;
    case 'trapped':
      return outcome.reason.split('\n')[0];
    case 'limit':
      return outcome.limit === 'time' ? 'timed out' : 'ran out of memory';
  }
}

/** Writes down what happens from one entry into the program to the next. @implements {Observer} */
export class Tracer {
  #clock;
  #began = 0;
  /** @type {Span[]} */
  #spans = [];
  /** @type {Map<Call, Span | null>} */
  #open = new Map();
  #dropped = 0;
  #last = 0;

  /** @param {Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  #now() {
    return Math.round((this.#clock.monotonic() - this.#began) / 1000);
  }

  begin() {
    this.#began = this.#clock.monotonic();
    this.#spans = [];
    this.#open.clear();
    this.#dropped = 0;
  }

  /** @param {string} what @returns {Trace} */
  end(what) {
    return {
      id: ++this.#last,
      what,
      at: Number(this.#clock.now() / 1_000_000n),
      micros: this.#now(),
      spans: this.#spans,
      dropped: this.#dropped,
    };
  }

  /** @param {Omit<Span, 'depth' | 'start' | 'end' | 'code'>} about @returns {Span | null} */
  #add(about) {
    if (this.#spans.length >= MOST_SPANS) {
      this.#dropped++;
      return null;
    }
    const now = this.#now();
    const span = { ...about, depth: this.#open.size, start: now, end: now, code: 0 };
    this.#spans.push(span);
    return span;
  }

  /** @param {Call} call */
  began(call) {
    const { caller, service, method } = call;
    this.#open.set(call, this.#add({ caller, name: `${service}.${method}`, kind: 'call' }));
  }

  /** @param {Call} call @param {number} code */
  ended(call, code) {
    const span = this.#open.get(call);
    if (span) {
      span.end = this.#now();
      span.code = code;
    }
    this.#open.delete(call);
  }

  /** @param {Guest} guest @param {string} module @param {string} name @param {Uint8Array} key */
  hostCall(guest, module, name, key) {
    if (!NOT_SHOWN.includes(module) && !module.includes('/')) {
      const about = key.length === 0 ? '' : ` ${textOf(key)}`;
      this.#add({ caller: guest.service, name: `${module.slice('parigot:'.length)} ${name}${about}`, kind: 'host' });
    }
  }
}
