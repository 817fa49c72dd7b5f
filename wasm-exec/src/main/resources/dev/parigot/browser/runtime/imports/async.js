import { Refused } from '../outcome.js';

/** @import { Guest } from '../guest.js' */
/** @import { Program } from '../program.js' */

export const PREFIX = 'parigot:async/';
const REFUSED = 0;

/**
 * `parigot:async/NAME`: a call that is started and not waited for.
 *
 * @param {Guest} guest
 * @param {Program} program
 * @param {string} service
 * @param {string} method
 */
export function asyncCall(guest, program, service, method) {
  return (/** @type {number} */ at, /** @type {number} */ length) => {
    try {
      const request = guest.request(at, length);
      const { futures } = guest.call.root;
      if (futures.full) {
        return REFUSED;
      }
      return guest.passed(PREFIX + service, method, () =>
        futures.add(program.start(guest.call, service, method, request)),
      );
    } catch (thrown) {
      if (thrown instanceof Refused) {
        return REFUSED;
      }
      throw thrown;
    }
  };
}
