/**
 * What became of a call into a guest.
 *
 * @typedef {{ kind: 'returned', bytes: Uint8Array }} Returned
 * @typedef {{ kind: 'failed', code: number, message: string, begun?: false }} Failed a code of the ABI, unsigned; not begun is what the platform refused before the method was entered
 * @typedef {{ kind: 'trapped', reason: string, stack?: string }} Trapped
 * @typedef {{ kind: 'limit', limit: 'time' | 'memory' }} LimitReached
 * @typedef {Returned | Failed | Trapped | LimitReached} Outcome
 */

/** The largest request and the largest response of a call: 10 MiB. */
export const MESSAGE_BYTES = 10 << 20;

export const NOTHING = new Uint8Array(0);

/** @param {Uint8Array} bytes @returns {Returned} */
export function returned(bytes) {
  return { kind: 'returned', bytes };
}

/** @param {number} code @param {string} message @returns {Failed} */
export function failed(code, message) {
  return { kind: 'failed', code, message };
}

/** Of a call for which no method was entered. @param {number} code @param {string} message @returns {Failed} */
export function notBegun(code, message) {
  return { kind: 'failed', code, message, begun: false };
}

/** The code of the ABI that a caller sees; 0 for a return. @param {Outcome} outcome */
export function codeOf(outcome) {
  switch (outcome.kind) {
    case 'returned':
      return 0;
    case 'failed':
      return outcome.code;
    case 'trapped':
      return 500;
    case 'limit':
      return outcome.limit === 'time' ? 408 : 507;
  }
}

/** Thrown by what won't serve an import: the guest gets the code and the text as its error. */
export class Refused {
  /** @param {number} code from 400 to 599 @param {string} message */
  constructor(code, message) {
    this.code = code;
    this.message = message;
  }
}

/** Thrown through a guest to end its call. */
export class Stop extends Error {
  /** @param {'trap' | 'exit' | 'overdue'} kind @param {string} message @param {number} [status] */
  constructor(kind, message, status) {
    super(message);
    this.kind = kind;
    this.status = status;
  }

  /** @param {string} message */
  static trap(message) {
    return new Stop('trap', message);
  }
}

/** A program that can't be had: each call of it is a 503 that says why. */
export class CannotStart extends Error {}

/**
 * What a guest that threw comes to.
 *
 * @param {unknown} thrown
 * @returns {Outcome}
 */
export function outcomeOf(thrown) {
  if (thrown instanceof Refused) {
    return failed(thrown.code, thrown.message);
  }
  if (thrown instanceof Stop) {
    return thrown.kind === 'overdue'
      ? { kind: 'limit', limit: 'time' }
      : { kind: 'trapped', reason: thrown.message, stack: guestStack(thrown) };
  }
  if (thrown instanceof WebAssembly.RuntimeError) {
    return { kind: 'trapped', reason: thrown.message, stack: guestStack(thrown) };
  }
  // How a stack that is full is told differs: Chromium and Safari throw a RangeError, Firefox an InternalError.
  if (thrown instanceof Error && /call stack|recursion/i.test(thrown.message)) {
    return { kind: 'trapped', reason: 'call stack exhausted' };
  }
  return { kind: 'trapped', reason: `the runtime failed in an import: ${thrown}` };
}

/** The guest's functions, innermost first, one a line. @param {Error} error */
function guestStack(error) {
  const names = [];
  for (const line of (error.stack ?? '').split('\n')) {
    // `at cart.add (wasm://wasm/cart-1:wasm-function[3]:0x12)`, in Firefox and Safari `cart.add@http…:wasm-function[3]:0x12`
    const match = /^\s*(?:at )?([^\s@(]*)[\s@(]*.*wasm-function\[(\d+)\]/.exec(line);
    if (match) {
      names.push(match[1] && !match[1].startsWith('wasm:') ? match[1] : `func[${match[2]}]`);
    }
  }
  return names.slice(0, 32).map(name => `\n  at ${name}`).join('');
}
