/**
 * A test as the platform has recorded it, to be run again; Java writes it (`Rerun`).
 *
 * @import { Method } from '../description.js'
 * @import { Row } from './course.js'
 *
 * @typedef {object} Rerun
 * @property {string} module the test's
 * @property {string} method
 * @property {string} seed of all that is random in it, a signed 64-bit number
 * @property {string} beginning of the clock, in nanoseconds since 1970
 * @property {Record<string, string>} config
 * @property {string[]} outbound
 * @property {Module[]} modules each after those that it calls
 * @property {DeclaredQueue[]} queues
 * @property {DeclaredCron[]} cron
 * @property {string[]} channels names and patterns
 * @property {Recorded} failing
 * @property {Recorded | null} passing
 *
 * @typedef {object} Module
 * @property {string} name
 * @property {string} kind
 * @property {string} digest of its file as it was pushed
 * @property {number} bytes of the same
 * @property {Method[]} methods
 * @property {number | null} timeout of its calls in nanoseconds; null for as long as it takes
 * @property {number | null} most calls at a time; null for as many as there are
 *
 * @typedef {{ name: string, service: string, method: string, attempts: number, fifo: string | boolean | null }} DeclaredQueue
 * @typedef {{ name: string, service: string, method: string, overlap: 'forbid' | 'allow' | 'replace' }} DeclaredCron
 *
 * A run of it.
 *
 * @typedef {object} Recorded
 * @property {string[]} strands the names of its tasks, by which rows tell theirs
 * @property {[number, number, string, string, string, number, string | null][]} rows task, time, actor, action, key, which one, fault
 * @property {string | null} kind of failure: an error's code, `trap` or `stall`; null for one that passes
 * @property {string} message
 */

/** Of faults, those that happen ahead of the step that comes after them in a record. */
const AHEAD = ['kill', 'cold'];

/**
 * The rows of a run, and what the platform does at each.
 *
 * @param {Recorded} run
 * @returns {(Row & { faults: string[] })[]}
 */
export function rowsOf({ strands, rows }) {
  const told = rows.map(([task, at, actor, action, key, nth, fault]) => ({
    strand: strands[task],
    at,
    actor,
    action,
    key,
    nth,
    fault: fault ?? undefined,
    faults: /** @type {string[]} */ ([]),
  }));
  told.forEach((row, i) => {
    if (row.fault) {
      const [before, after] = [told.slice(0, i).reverse(), told.slice(i + 1)];
      const struck = (AHEAD.includes(row.fault) ? after : before).find(each => !each.fault);
      struck?.faults.push(row.fault);
    }
  });
  return told;
}
