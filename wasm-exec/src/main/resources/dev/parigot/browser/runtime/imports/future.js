import { Refused } from '../outcome.js';
import { bytesOf } from '../memory.js';

/** @import { Guest } from '../guest.js' */
/** @import { Started } from '../futures.js' */

export const NAME = 'parigot:future';

/**
 * `parigot:future`: the calls that the present call has started. There is one thread: a call that was started runs when somebody
 * waits for it or asks twice, and at the latest when the call that started it has ended.
 *
 * @param {Guest} guest
 */
export function future(guest) {
  return {
    wait: guest.answering((/** @type {number} */ handle) => {
      guest.refuseWhileInitializing(NAME);
      const started = guest.call.root.futures.take(handle);
      if (!started) {
        throw new Refused(400, `no future has the handle ${handle}`);
      }
      const outcome = guest.pass(NAME, 'wait', bytesOf(started.callee), () =>
        started.run(guest.call.root.deadline),
      );
      return guest.giveOutcome(started.callee, outcome);
    }),

    /** @param {number} handle */
    ready(handle) {
      const started = guest.call.root.futures.get(handle);
      return started ? guest.pass(NAME, 'ready', bytesOf(started.callee), () => progress(started)) : -1;
    },

    /** @param {number} handle */
    drop(handle) {
      guest.call.root.futures.drop(handle);
    },
  };
}

/** Not yet, and the next time it is: who asks in a loop must come to an end. @param {Started} started */
function progress(started) {
  if (started.ended) {
    return 1;
  }
  if (started.asked) {
    started.run(Infinity);
    return 1;
  }
  started.asked = true;
  return 0;
}
