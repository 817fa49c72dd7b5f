/**
 * Runs cases of the conformance suite on the browser runtime, in this Node.
 *
 * node run-conformance.mjs RUNTIME CASES: RUNTIME is the folder of the runtime's modules, CASES one that Java has written: for
 * each case N.json, with the description of its app, and the files beside it. Prints a line of JSON for each case.
 */
import { readFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import path from 'node:path';
import { Check } from './conformance-check.mjs';

const [runtime, cases] = process.argv.slice(2);
const module = name => import(pathToFileURL(path.resolve(runtime, name)).href);
const { Supervisor, modulesOf } = await module('supervisor.js');
const { bytesOfKey, keyOf } = await module('key-value.js');
const http = await module('http/message.js');
const { codeOf } = await module('outcome.js');
const { readCgi } = await module('http/cgi.js');

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

const compiled = new Map();

async function compile(file) {
  if (!compiled.has(file)) compiled.set(file, await WebAssembly.compile(await readFile(path.join(cases, file))));
  return compiled.get(file);
}

/** One worker for all cases, as long as none has to be ended. */
let spare = null;

function spawn(receive) {
  const worker = spare ?? new Worker(new URL('./conformance-worker.mjs', import.meta.url), { argv: [path.resolve(runtime)] });
  spare = null;
  worker.removeAllListeners('message');
  worker.on('message', receive);
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    end: () => void worker.terminate(),
    worker,
  };
}

async function run({ app, linked, ...wanted }) {
  const check = new Check({ ...http, readCgi, codeOf });
  const store = new Store();
  for (const [key, value] of wanted.kv ?? []) store.kv.set(keyOf(check.bytes(key)), check.bytes(value));
  const logs = [];
  const hostCalls = [];
  let thread;
  let fail;
  const broken = new Promise((_, reject) => (fail = reject));
  const supervisor = new Supervisor(
    app,
    store,
    receive => (thread = spawn(receive)),
    {
      line: ({ service, level, message, anew }) => !anew && app.services.some(({ name }) => name === service) && logs.push({ service, level, message }),
      trace() {},
      script: told => hostCalls.push(told),
      started() {},
      broken: reason => fail(new Error(reason)),
    },
    () => modulesOf(app, linked, compile),
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
      const read = http.readRequest(request);
      const outcome = await ask({ ask: 'call', service: call.http, method: 'http', request: http.requestBytes(read) });
      check.answer(call.response, check.response(outcome, kind, read.method));
    }
  }
  const left = await ask({ ask: 'script', step: 'settle' });
  check.equal(left, [], 'asked of the outside');
  if (wanted.hostCalls) check.equal(hostCalls, wanted.hostCalls, 'host calls');
  if (wanted.logs) check.equal(logs, wanted.logs, 'log');
  if (wanted.kvAfter) {
    const shown = pairs => pairs.map(([key, value]) => `${check.shown(key)} = ${check.shown(value)}`).sort();
    const kept = [...store.kv].map(([key, value]) => [bytesOfKey(key), value]);
    check.equal(shown(kept), shown(wanted.kvAfter.map(pair => pair.map(each => check.bytes(each)))), 'store');
  }
  spare = thread.worker;
}

/** Of a case, in milliseconds; a busy machine may take long to compile a large module. */
const LONGEST = 30_000;

function within(work) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error('it never ends')), LONGEST)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const names = (await readdir(cases)).filter(name => name.endsWith('.json')).sort();
for (const name of names) {
  const wanted = JSON.parse(await readFile(path.join(cases, name), 'utf8'));
  let failure = null;
  try {
    await within(run(wanted));
  } catch (thrown) {
    failure = thrown.message;
    spare?.terminate();
    spare = null;
  }
  console.log(JSON.stringify({ case: wanted.name, failure }));
}
process.exit(0);
