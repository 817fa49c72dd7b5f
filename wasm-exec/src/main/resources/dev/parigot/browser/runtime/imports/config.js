import { Refused } from '../outcome.js';
import { bytesOf, textOf } from '../memory.js';

/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:config';

/** `parigot:config`: the app's configuration. @param {Guest} guest */
export function config(guest) {
  return {
    get: guest.answering((/** @type {number} */ at, /** @type {number} */ length) => {
      const key = guest.memory.readName(at, length);
      const name = textOf(key);
      const value = guest.pass(NAME, 'get', key, () => guest.situation.config.get(name));
      if (value === undefined) {
        throw new Refused(404, `no configuration is named ${name}`);
      }
      return guest.give(bytesOf(value));
    }),
  };
}
