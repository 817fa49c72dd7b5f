import { Refused } from '../outcome.js';
import { bytesOf, textOf } from '../memory.js';

/** @import { Guest } from '../guest.js' */
/** @import { Call } from '../program.js' */

export const NAME = 'parigot:call';

/** `parigot:call`: what a guest may know of the call that it answers. @param {Guest} guest */
export function call(guest) {
  return {
    get: guest.answering((/** @type {number} */ at, /** @type {number} */ length) => {
      const key = textOf(guest.memory.readName(at, length));
      if (guest.initializing) {
        throw new Refused(503, 'there is no call yet in _initialize');
      }
      const value = about(guest.call, key);
      if (value === null) {
        throw new Refused(404, `a call has no ${key}`);
      }
      return guest.give(bytesOf(value));
    }),
  };
}

/** @param {Call} of @param {string} key */
function about(of, key) {
  switch (key) {
    case 'id':
      return of.id;
    case 'caller':
      return of.caller ?? '';
    case 'deadline_ns':
      return Number.isFinite(of.deadline) ? String(BigInt(Math.floor(of.deadline))) : String((1n << 63n) - 1n);
    case 'attempt':
      return String(of.attempt);
    case 'traceparent':
      return of.traceparent;
    case 'user':
      return user(of).id;
    case 'claims':
      return user(of).claims;
    default:
      return null;
  }
}

/** @param {Call} of */
function user(of) {
  if (!of.user) {
    throw new Refused(404, 'nobody is signed in');
  }
  return of.user;
}
