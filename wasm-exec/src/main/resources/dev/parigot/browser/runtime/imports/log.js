import { LINE_BYTES } from '../call-log.js';

/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:log';

/** `parigot:log`: a service's log lines. @param {Guest} guest */
export function log(guest) {
  return {
    /** @param {number} level @param {number} at @param {number} length */
    write(level, at, length) {
      guest.memory.check(at, length);
      if (!guest.log.full) {
        const cut = length >>> 0 > LINE_BYTES;
        const text = guest.memory.readText(at, cut ? LINE_BYTES : length);
        guest.log.write(NAME, 'write', Math.min(4, Math.max(0, level)), cut ? `${text} …` : text);
      }
    },
  };
}
