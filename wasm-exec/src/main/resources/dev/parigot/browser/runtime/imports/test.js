import { MESSAGE_BYTES, Refused, Stop } from '../outcome.js';
import { listBytes } from '../packed.js';
import { bytesOf, textOf } from '../memory.js';

/** @import { Guest } from '../guest.js' */
/** @import { User } from '../program.js' */
/** @import { TestControl } from '../situation.js' */

const MOST_CLAIMS = 64 << 10;

export const NAME = 'parigot:test';

/** `parigot:test`: what only test modules may do. @param {Guest} guest @param {TestControl} control */
export function test(guest, control) {
  /** @param {string} name @param {() => void} effect */
  function told(name, effect) {
    if (guest.initializing) {
      throw Stop.trap(`${NAME} can't be used in _initialize`);
    }
    guest.passed(NAME, name, effect);
  }

  return {
    /** @param {bigint} nanos */
    advance_ns: nanos => told('advance_ns', () => control.advance(nanos)),
    quiesce: () =>
      told('quiesce', () => {
        guest.call.root.futures.settle();
        control.quiesce();
      }),
    run_cron: guest.answering((/** @type {number} */ at, /** @type {number} */ length) => {
      const key = guest.memory.readName(at, length);
      if (guest.initializing) {
        throw new Refused(503, `${NAME} can't be used in _initialize`);
      }
      const name = textOf(key);
      const outcome = guest.pass(NAME, 'run_cron', key, () => control.runCron(name));
      return guest.giveOutcome(`the call of ${name}`, outcome);
    }),
    published: guest.answering((/** @type {number} */ at, /** @type {number} */ length) => {
      const key = guest.memory.readName(at, length);
      if (guest.initializing) {
        throw new Refused(503, `${NAME} can't be used in _initialize`);
      }
      const messages = guest.pass(NAME, 'published', key, () => control.published(textOf(key)));
      return guest.give(listBytes(messages, MESSAGE_BYTES));
    }),
    sign_in: guest.answering((/** @type {number} */ at, /** @type {number} */ length) => {
      guest.memory.check(at, length);
      guest.refuseWhileInitializing(NAME);
      if (length >>> 0 > MOST_CLAIMS) {
        throw new Refused(413, 'the claims of a user have at most 64 KiB');
      }
      const user = length === 0 ? null : userOf(textOf(guest.memory.read(at, length)));
      guest.pass(NAME, 'sign_in', bytesOf(user?.id ?? ''), () => {});
      guest.call.user = user;
      return 0n;
    }),
  };
}

/** The user of whom these are the claims. @param {string} claims @returns {User} */
function userOf(claims) {
  let id;
  try {
    id = JSON.parse(claims)?.id;
  } catch {
    throw new Refused(400, 'the claims of a user are no JSON');
  }
  if (typeof id !== 'string' || id === '') {
    throw new Refused(400, 'a user is a JSON object with a text "id", such as {"id": "ada"}');
  }
  return { id, claims };
}
