/** @import { Guest } from '../guest.js' */
/** @import { Program } from '../program.js' */

export const PREFIX = 'parigot:service/';

/**
 * `parigot:service/NAME`: a call to a service of another instance, waited for. Those that are wound together need none.
 *
 * @param {Guest} guest
 * @param {Program} program
 * @param {string} service
 * @param {string} method
 */
export function serviceCall(guest, program, service, method) {
  return guest.answering((/** @type {number} */ at, /** @type {number} */ length) => {
    const request = guest.request(at, length);
    const outcome = guest.passed(PREFIX + service, method, () =>
      program.call(service, method, request, program.within(guest.call)),
    );
    return guest.giveOutcome(`${service}.${method}`, outcome);
  });
}
