import { EMPTY } from '../packed.js';
import { Refused } from '../outcome.js';
import { textOf } from '../memory.js';

/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:channel';
const MESSAGE_BYTES = 64 << 10;

/** `parigot:channel`: messages to whoever listens now, such as the app's own pages. @param {Guest} guest */
export function channel(guest) {
  return {
    publish: guest.answering(
      (/** @type {number} */ at, /** @type {number} */ length, /** @type {number} */ messageAt, /** @type {number} */ messageLength) => {
        const name = guest.memory.readName(at, length);
        guest.memory.check(messageAt, messageLength);
        guest.refuseWhileInitializing(NAME);
        if (messageLength >>> 0 > MESSAGE_BYTES) {
          throw new Refused(413, 'a message to a channel has at most 64 KiB');
        }
        const message = guest.memory.read(messageAt, messageLength);
        guest.pass(NAME, 'publish', name, () => guest.situation.publish(textOf(name), message));
        return EMPTY;
      },
    ),
  };
}
