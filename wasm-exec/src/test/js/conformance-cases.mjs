/** Runs cases of the conformance suite on the browser runtime, in a Node or a browser. */
import { Check } from './conformance-check.mjs';

/** What is kept, in memory. */
class Store {
  kv = new Map();
  messages = new Map();

  async load() {
    return { kv: [...this.kv], messages: [...this.messages.values()], cookies: [] };
  }

  change({ store, key, value }) {
    if (store !== 'cookies') {
      if (value === null) this[store].delete(key);
      else this[store].set(key, value);
    }
  }

  async clear() {}
}

/** Of a case, in milliseconds; a busy machine may take long to compile a large module. */
const LONGEST = 30_000;

function within(work) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error('it never ends')), LONGEST)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * A worker that runs `conformance-ground.mjs`.
 *
 * @typedef {object} Worker
 * @property {(message: any, transfer?: any[]) => void} post
 * @property {(receive: (message: any) => void) => void} listen from now on
 * @property {() => void} end
 */

export class Cases {
  #Supervisor;
  #modulesOf;
  #keys;
  #http;
  #worker;
  #compile;
  /** Of files. @type {Map<string, Promise<WebAssembly.Module>>} */
  #modules = new Map();
  /** One worker for all cases, as long as none has to be ended. @type {Worker | null} */
  #spare = null;

  /** @param {string} runtime the address of the folder of its modules @param {() => Worker} worker @param {(file: string) => Promise<WebAssembly.Module>} compile */
  static async of(runtime, worker, compile) {
    const module = name => import(new URL(name, runtime).href);
    const names = ['supervisor.js', 'key-value.js', 'http/message.js', 'outcome.js', 'http/cgi.js'];
    return new Cases(await Promise.all(names.map(module)), worker, compile);
  }

  constructor([{ Supervisor, modulesOf }, keys, message, { codeOf }, { readCgi }], worker, compile) {
    this.#Supervisor = Supervisor;
    this.#modulesOf = modulesOf;
    this.#keys = keys;
    this.#http = { ...message, codeOf, readCgi };
    this.#worker = worker;
    this.#compile = compile;
  }

  /** What is wrong with a case, or null. */
  async failure(wanted) {
    try {
      await within(this.#run(wanted));
      return null;
    } catch (thrown) {
      this.#spare?.end();
      this.#spare = null;
      return thrown.message;
    }
  }

  #compiled(file) {
    if (!this.#modules.has(file)) this.#modules.set(file, this.#compile(file));
    return this.#modules.get(file);
  }

  #thread(receive) {
    const worker = this.#spare ?? this.#worker();
    this.#spare = null;
    worker.listen(receive);
    return { post: worker.post, end: worker.end, worker };
  }

  async #run({ app, linked, ...wanted }) {
    const check = new Check(this.#http);
    const store = new Store();
    for (const [key, value] of wanted.kv ?? []) store.kv.set(this.#keys.keyOf(check.bytes(key)), check.bytes(value));
    const logs = [];
    const hostCalls = [];
    let thread;
    let fail;
    const broken = new Promise((_, reject) => (fail = reject));
    const supervisor = new this.#Supervisor(
      app,
      store,
      receive => (thread = this.#thread(receive)),
      {
        line: ({ service, level, message, anew }) => !anew && app.services.some(({ name }) => name === service) && logs.push({ service, level, message }),
        trace() {},
        script: told => hostCalls.push(told),
        started() {},
        broken: reason => fail(new Error(reason)),
      },
      () => this.#modulesOf(app, linked, file => this.#compiled(file)),
      { outside: wanted.outside ?? null },
    );
    const ask = question => Promise.race([supervisor.ask(question), broken]);
    await supervisor.start();
    for (const call of wanted.calls ?? []) {
      const request = check.bytes(call.request);
      if (call.call) {
        const [service, method] = call.call.split('.');
        check.outcome(call, await ask({ ask: 'call', service, method, request }));
      } else {
        const kind = app.services.find(({ name }) => name === call.http).kind;
        const read = this.#http.readRequest(request);
        const outcome = await ask({ ask: 'call', service: call.http, method: 'http', request: this.#http.requestBytes(read) });
        check.answer(call.response, check.response(outcome, kind, read.method));
      }
    }
    const left = await ask({ ask: 'script', step: 'settle' });
    check.equal(left, [], 'asked of the outside');
    if (wanted.hostCalls) check.equal(hostCalls, wanted.hostCalls, 'host calls');
    if (wanted.logs) check.equal(logs, wanted.logs, 'log');
    if (wanted.kvAfter) {
      const shown = pairs => pairs.map(([key, value]) => `${check.shown(key)} = ${check.shown(value)}`).sort();
      const kept = [...store.kv].map(([key, value]) => [this.#keys.bytesOfKey(key), value]);
      check.equal(shown(kept), shown(wanted.kvAfter.map(pair => pair.map(each => check.bytes(each)))), 'store');
    }
    this.#spare = thread.worker;
  }
}
