import { MESSAGE_BYTES, Refused } from '../outcome.js';

/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:http';

/** `parigot:http`: requests to HTTP servers outside of the app. @param {Guest} guest */
export function http(guest) {
  return {
    send: guest.answering((/** @type {number} */ at, /** @type {number} */ length) => {
      guest.memory.check(at, length);
      guest.refuseWhileInitializing(NAME);
      if (length >>> 0 > MESSAGE_BYTES) {
        throw new Refused(413, 'a request has at most 10 MiB');
      }
      const message = guest.memory.read(at, length);
      return guest.give(guest.passed(NAME, 'send', () => guest.situation.outbound(message, guest.call)));
    }),
  };
}
