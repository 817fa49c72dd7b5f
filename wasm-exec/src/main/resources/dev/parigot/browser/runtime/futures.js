/** @import { Outcome } from './outcome.js' */

/** How many one call may hold; the start of another one is refused. */
const MOST = 1024;

/** A call that was started and runs at most once. */
export class Started {
  /** @type {Outcome | null} */
  #outcome = null;
  #work;
  /** Whether somebody has asked if it is ready. */
  asked = false;

  /** @param {string} callee @param {(deadline: number) => Outcome} work its deadline is its own or the given one */
  constructor(callee, work) {
    this.callee = callee;
    this.#work = work;
  }

  get ended() {
    return this.#outcome !== null;
  }

  /** Runs it unless it has run. @param {number} deadline of who waits @returns {Outcome} */
  run(deadline) {
    this.#outcome ??= this.#work(deadline);
    return this.#outcome;
  }
}

/** The calls that one call has started, by handle. */
export class Futures {
  /** @type {Map<number, Started>} */
  #pending = new Map();
  #last = 0;
  #detach;

  /** @param {(started: Started) => void} detach is told of those that nobody waits for any more */
  constructor(detach) {
    this.#detach = detach;
  }

  get full() {
    return this.#pending.size >= MOST;
  }

  /** @param {Started} started */
  add(started) {
    this.#pending.set(++this.#last, started);
    return this.#last;
  }

  /** @param {number} handle */
  get(handle) {
    return this.#pending.get(handle);
  }

  /** @param {number} handle */
  take(handle) {
    const started = this.#pending.get(handle);
    this.#pending.delete(handle);
    return started;
  }

  /** @param {number} handle */
  drop(handle) {
    const started = this.take(handle);
    if (started) {
      this.#detach(started);
    }
  }

  /** Runs those that nobody has waited for yet; they stay what they are. */
  settle() {
    this.#pending.forEach(started => started.run(Infinity));
  }

  /** Its handles mean nothing to the next call. */
  callHasEnded() {
    this.#pending.forEach(started => this.#detach(started));
    this.#pending.clear();
  }
}
