import { TestedApp } from './app.js';
import { rowsOf } from './record.js';
import { spelled } from './course.js';
import { textOf } from '../memory.js';
import { bytesOfKey } from '../key-value.js';

/** @import { Recorded, Rerun as Record } from './record.js' */
/** @import { Bench, ToldOutcome } from './resident.js' */

/**
 * How far a run has come.
 *
 * @typedef {object} Where
 * @property {number} at how many rows of the record are behind it
 * @property {number} of how many there are
 * @property {End | null} end
 *
 * How it has ended: as it did on the platform, or where it did something else.
 * @typedef {object} End
 * @property {boolean} same
 * @property {boolean} passed whether the test passes in it
 * @property {string} told what the test said, or what was done instead
 * @property {string} expected what the record has there
 */

/** A run of a test, taken again step by step in the order of its record. */
export class Rerun {
  #app;
  #test;
  #run;
  #rows;
  #at = 0;
  /** @type {End | null} */
  #end = null;

  /**
   * @param {Record} record
   * @param {'failing' | 'passing'} which
   * @param {Map<string, WebAssembly.Module>} files by the names of modules
   * @param {(name: string) => Bench} hire makes a worker for an instance
   */
  constructor(record, which, files, hire) {
    this.#run = /** @type {Recorded} */ (record[which]);
    this.#rows = rowsOf(this.#run);
    this.#app = new TestedApp(record, files, hire);
    this.#test = this.#app.begin();
  }

  /** @returns {Where} */
  get where() {
    return { at: this.#at, of: this.#rows.length, end: this.#end };
  }

  /** What there is now: keys and values are strings of bytes. */
  get state() {
    const { store, messages, log } = this.#app;
    const keys = store.list('', '', Infinity);
    return {
      store: keys.map(key => ({ key: textOf(bytesOfKey(key)), value: /** @type {Uint8Array} */ (store.get(key)) })),
      messages: messages.map(({ queue, number, body, place }) => ({ queue: queue.name, number, body: bytesOfKey(body), place })),
      log,
    };
  }

  /** Takes the next step, if there is one. That lasts as long as a guest computes, or stands at a breakpoint. */
  async next() {
    if (this.#end) {
      return;
    }
    const row = this.#rows[this.#at];
    if (!row.fault) {
      await this.#take(row);
    }
    this.#at += this.#end ? 0 : 1;
    if (!this.#end && this.#at === this.#rows.length) {
      this.#conclude();
    }
  }

  /** @param {ReturnType<typeof rowsOf>[number]} row */
  async #take(row) {
    const task = this.#app.course.task(row.strand);
    const step = task?.pending;
    if (!task || !step) {
      this.#leave(`nobody was there to do it`);
    } else if (spelled(step) !== spelled(row) || step.nth !== row.nth) {
      this.#leave(spelled(step));
    } else {
      await this.#app.course.take(task, row.at, row.faults);
    }
  }

  /** @param {string} did */
  #leave(did) {
    this.#end = { same: false, passed: false, told: did, expected: spelled(this.#rows[this.#at]) };
  }

  /** All steps are taken: what became of the test? */
  #conclude() {
    const { outcome } = this.#test;
    const deadlock = outcome ? '' : this.#app.course.deadlock();
    const { kind, told } = outcome ? verdict(outcome) : { kind: 'stall', told: deadlock ? `deadlock: ${deadlock}` : 'it has not ended' };
    this.#end = {
      same: kind === this.#run.kind && (kind !== 'stall' || told === this.#run.message),
      passed: kind === null,
      told,
      expected: this.#run.message,
    };
  }

  /** Ends what is left of it. */
  close() {
    this.#app.end();
  }
}

/** @param {ToldOutcome} outcome @returns {{ kind: string | null, told: string }} */
function verdict(outcome) {
  switch (outcome.kind) {
    case 'returned':
      return { kind: null, told: 'the test passes' };
    case 'failed':
      return { kind: String(outcome.code), told: outcome.message };
    case 'trapped':
      return { kind: 'trap', told: outcome.reason };
    case 'limit':
      return { kind: '507', told: 'it ran out of memory' };
  }
}
