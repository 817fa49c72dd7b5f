/** @import { Description } from './description.js' */
/** @import { Line } from './kernel.js' */
/** @import { Question } from './host.js' */
/** @import { Trace } from './tracer.js' */

/**
 * How the app is: `detail` says why, where something is wrong.
 *
 * @typedef {'loading' | 'starting' | 'running' | 'elsewhere' | 'broken'} State
 * @typedef {{ ask: (question: Question) => Promise<any>, reset: () => Promise<void> }} Control
 */

const MOST_TRACES = 200;
const MOST_LINES = 2000;

/** What has happened since the page was opened, for the panel. It tells of each change as an event. */
export class Session extends EventTarget {
  /** @type {State} */
  state = 'loading';
  detail = '';
  /** Why nothing is kept, if so. */
  unsaved = '';
  /** Whether the service worker answers. */
  served = false;
  /** Whether all files are in this browser. */
  filled = false;
  /** What a person should read last. */
  notice = '';
  /** Newest last. @type {Trace[]} */
  traces = [];
  /** Newest last. @type {Line[]} */
  lines = [];
  /** How many traces there were in all. */
  count = 0;
  /** @type {Control} */
  control = { ask: () => new Promise(() => {}), reset: async () => {} };

  /** @param {Description} app @param {boolean} linked */
  constructor(app, linked) {
    super();
    this.app = app;
    this.linked = linked;
  }

  /** @param {State | 'unsaved'} state @param {string} detail */
  say(state, detail) {
    if (state === 'unsaved') {
      this.unsaved = detail;
    } else {
      this.state = state;
      this.detail = detail;
    }
    this.changed();
  }

  /** @param {string} notice */
  tell(notice) {
    this.notice = notice;
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('state'));
  }

  /** @param {Line} line */
  addLine(line) {
    this.lines.push(line);
    this.lines.splice(0, this.lines.length - MOST_LINES);
    if (line.anew) {
      this.tell(`${line.service}: ${line.message.split('\n')[0]}. Its program was started anew; its data is as it was.`);
    }
    this.dispatchEvent(new Event('line'));
  }

  /** @param {Trace} trace */
  addTrace(trace) {
    this.count++;
    this.traces.push(trace);
    this.traces.splice(0, this.traces.length - MOST_TRACES);
    this.dispatchEvent(new CustomEvent('trace', { detail: trace }));
  }

  clear() {
    this.traces = [];
    this.lines = [];
    this.notice = '';
    this.dispatchEvent(new Event('cleared'));
    this.changed();
  }
}
