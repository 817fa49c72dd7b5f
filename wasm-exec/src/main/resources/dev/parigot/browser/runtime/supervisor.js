/** @import { Change, Line, State } from './kernel.js' */
/** @import { Asked, FromWorker, Question, ToWorker } from './host.js' */
/** @import { Description } from './description.js' */
/** @import { Modules } from './program.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { Trace } from './tracer.js' */

/**
 * A worker, wherever it runs.
 *
 * @typedef {object} Thread
 * @property {(message: ToWorker, transfer?: any[]) => void} post
 * @property {() => void} end at once, whatever it does
 */

/**
 * Where the state of an app is kept.
 *
 * @typedef {object} Store
 * @property {() => Promise<State>} load
 * @property {(change: Change) => void} change
 * @property {() => Promise<void>} clear to what it was at first
 */

/**
 * @typedef {object} Listener
 * @property {(line: Line) => void} line
 * @property {(trace: Trace) => void} trace
 * @property {(told: unknown) => void} [script]
 * @property {(restarted: { service: string, asked: Asked } | null) => void} started ready, for the first time or after what was not done in time
 * @property {(reason: string) => void} broken
 */

/** After the deadline: a program that looks at its clock ends by itself. */
const GRACE = 150;
/** A timer's. */
const LONGEST = 2 ** 31 - 1;

/**
 * Keeps an app running: its worker is ended when a call is not done in time, and begun anew with the data that it left. A loop
 * without end can't be stopped in any other way.
 */
export class Supervisor {
  #app;
  #store;
  #listener;
  #spawn;
  #script;
  /** @type {Thread | null} */
  #thread = null;
  #compile;
  /** @type {Promise<Modules> | null} */
  #modules = null;
  /** @type {Map<number, { question: Question, resolve: (answer: any) => void }>} */
  #pending = new Map();
  #last = 0;
  /** @type {{ service: string, asked: Asked } | null} */
  #busy = null;
  /** What was not done in time, until the worker is there again. @type {{ service: string, asked: Asked } | null} */
  #late = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #ready = false;

  /**
   * @param {Description} app
   * @param {Store} store
   * @param {(receive: (message: FromWorker) => void) => Thread} spawn
   * @param {Listener} listener
   * @param {() => Promise<Modules>} compile
   * @param {unknown} [script] what a test wants
   */
  constructor(app, store, spawn, listener, compile, script) {
    this.#app = app;
    this.#store = store;
    this.#spawn = spawn;
    this.#listener = listener;
    this.#compile = compile;
    this.#script = script;
  }

  get ready() {
    return this.#ready;
  }

  async start() {
    // The worker loads its code while the data is read and the modules are compiled.
    const thread = this.#spawn(message => this.#thread === thread && this.#receive(message));
    this.#thread = thread;
    this.#modules ??= this.#compile();
    try {
      const [state, modules] = await Promise.all([this.#store.load(), this.#modules]);
      if (this.#thread === thread) {
        thread.post({ type: 'start', app: this.#app, state, modules, script: this.#script });
      }
    } catch (thrown) {
      this.#listener.broken(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  end() {
    clearTimeout(this.#timer);
    this.#thread?.end();
    this.#thread = null;
    this.#busy = null;
    this.#ready = false;
  }

  /** @param {Question} question @returns {Promise<any>} */
  ask(question) {
    return new Promise(resolve => {
      const id = ++this.#last;
      this.#pending.set(id, { question, resolve });
      if (this.#ready) {
        this.#thread?.post({ type: 'ask', id, question });
      }
    });
  }

  /** Gives the worker a port on which it answers requests of pages. @param {MessagePort} port */
  connect(port) {
    this.#thread?.post({ type: 'port', port }, [port]);
  }

  /** Begins anew, with the starting data. */
  async reset() {
    this.end();
    await this.#store.clear();
    await this.start();
  }

  /** @param {FromWorker} message */
  #receive(message) {
    switch (message.type) {
      case 'ready':
        this.#begin();
        break;
      case 'broken':
        this.#listener.broken(message.reason);
        break;
      case 'busy':
        this.#busy ??= { service: message.service, asked: message.asked };
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#overdue(), Math.min(message.millis + GRACE, LONGEST));
        break;
      case 'change':
        this.#store.change(message.change);
        break;
      case 'line':
        this.#listener.line(message.line);
        break;
      case 'trace':
        clearTimeout(this.#timer);
        this.#busy = null;
        this.#listener.trace(message.trace);
        break;
      case 'script':
        this.#listener.script?.(message.told);
        break;
      case 'answer':
        this.#settle(message.id, message.answer);
    }
  }

  /** @param {number} id @param {unknown} answer */
  #settle(id, answer) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.resolve(answer);
  }

  #begin() {
    this.#ready = true;
    this.#pending.forEach(({ question }, id) => this.#thread?.post({ type: 'ask', id, question }));
    this.#listener.started(this.#late);
    this.#late = null;
  }

  async #overdue() {
    const busy = this.#busy;
    this.end();
    if (busy) {
      this.#late = busy;
      this.#listener.line({
        at: Date.now(),
        service: busy.service,
        level: 4,
        message: 'it was not done in time, and had to be ended',
        anew: true,
      });
      if (busy.asked?.by === 'page') {
        /** @type {Outcome} */
        const late = { kind: 'limit', limit: 'time' };
        this.#settle(busy.asked.id, late);
      }
    }
    await this.start();
  }
}

/**
 * Compiles what an app runs.
 *
 * @param {Description} app
 * @param {boolean} linked whether services are linked one by one, and not wound into one module
 * @param {(file: string) => Promise<WebAssembly.Module>} compile
 * @returns {Promise<Modules>}
 */
export async function modulesOf({ wound, services }, linked, compile) {
  const together = wound && !linked ? compile(wound.file) : null;
  const alone = services.filter(({ kind }) => kind === 'command' || !together);
  const [module, ...single] = await Promise.all([together, ...alone.map(({ file }) => compile(file))]);
  return { wound: module, single: new Map(alone.map(({ name }, i) => [name, /** @type {WebAssembly.Module} */ (single[i])])) };
}
