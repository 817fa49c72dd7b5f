import { MESSAGE_BYTES, Refused } from '../outcome.js';
import { EMPTY } from '../packed.js';
import { textOf } from '../memory.js';

/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:queue';

/** `parigot:queue`: messages to a method of the app, delivered at least once. @param {Guest} guest */
export function queue(guest) {
  return {
    send: guest.answering(
      (/** @type {number} */ at, /** @type {number} */ length, /** @type {number} */ messageAt, /** @type {number} */ messageLength) => {
        const name = guest.memory.readName(at, length);
        guest.memory.check(messageAt, messageLength);
        guest.refuseWhileInitializing(NAME);
        if (messageLength >>> 0 > MESSAGE_BYTES) {
          throw new Refused(413, 'a message has at most 10 MiB');
        }
        const message = guest.memory.read(messageAt, messageLength);
        guest.pass(NAME, 'send', name, () => guest.situation.send(textOf(name), message, guest.call));
        return EMPTY;
      },
    ),
  };
}
