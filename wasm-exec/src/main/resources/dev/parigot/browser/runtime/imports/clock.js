import { Stop } from '../outcome.js';

/** @import { Guest } from '../guest.js' */

export const NAME = 'parigot:clock';

/** `parigot:clock`: the time, and waiting. @param {Guest} guest */
export function clock(guest) {
  const time = guest.situation.clock;
  return {
    now_ns: () => guest.passed(NAME, 'now_ns', () => time.now(guest)),
    monotonic_ns: () => guest.passed(NAME, 'monotonic_ns', () => BigInt(Math.floor(time.monotonic()))),
    /** @param {bigint} nanos */
    sleep_ns: nanos => sleep(guest, NAME, 'sleep_ns', Number(nanos)),
  };
}

/**
 * Waits that long, or until the deadline of the guest's call if that is sooner.
 *
 * @param {Guest} guest
 * @param {string} module
 * @param {string} name
 * @param {number} nanos
 */
export function sleep(guest, module, name, nanos) {
  if (nanos <= 0) {
    return;
  }
  const { clock: time } = guest.situation;
  const remaining = guest.call.root.deadline - time.monotonic();
  guest.passed(module, name, () => time.sleep(Math.min(nanos, remaining)));
  if (nanos >= remaining) {
    throw new Stop('overdue', 'deadline passed');
  }
}
