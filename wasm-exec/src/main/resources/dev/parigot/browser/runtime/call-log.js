/** @import { Guest } from './guest.js' */

/** Of a line; the rest of it is cut off. */
export const LINE_BYTES = 16 << 10;

/** Of all lines of a call, each with the cost of a line for itself. */
const CALL_BYTES = 1 << 20;
const COST_OF_A_LINE = 100;
const WARNING = 3;

/** The log, as far as one call may write to it: a flood would push out what else was logged. */
export class CallLog {
  #guest;
  #left = CALL_BYTES;

  /** @param {Guest} guest */
  constructor(guest) {
    this.#guest = guest;
  }

  /** Whether what is written now is dropped. */
  get full() {
    return this.#left < 0;
  }

  /**
   * @param {string} module the import by which the guest writes
   * @param {string} name
   * @param {number} level 0 trace to 4 error
   * @param {string} message
   */
  write(module, name, level, message) {
    if (this.full) {
      return;
    }
    this.#left -= message.length + COST_OF_A_LINE;
    const line = this.full ? 'This call has logged 1 MiB: its other lines are dropped.' : message;
    this.#guest.passed(module, name, () =>
      this.#guest.situation.log(this.#guest, this.full ? WARNING : level, line),
    );
  }

  callHasEnded() {
    this.#left = CALL_BYTES;
  }
}
