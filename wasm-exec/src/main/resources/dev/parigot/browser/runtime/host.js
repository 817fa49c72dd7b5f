import { Kernel } from './kernel.js';
import { SignIn } from './sign-in.js';

/** @import { Change, Ground, Line, State } from './kernel.js' */
/** @import { Description } from './description.js' */
/** @import { GatewayRequest, GatewayResponse } from './answers.js' */
/** @import { Headers } from './http/message.js' */
/** @import { Modules } from './program.js' */
/** @import { Trace } from './tracer.js' */

/**
 * How the page and the worker in which an app runs speak with each other, and a service worker with that worker.
 *
 * @typedef {object} Start
 * @property {'start'} type
 * @property {Description} app
 * @property {State} state
 * @property {Modules} modules compiled
 * @property {unknown} [script] what a test wants
 *
 * What may be asked of a running app.
 * @typedef {{ ask: 'call', service: string, method: string, request: Uint8Array }
 *   | { ask: 'request', request: GatewayRequest, credentials: boolean }
 *   | { ask: 'fire', name: string }
 *   | { ask: 'due' }
 *   | { ask: 'messages' }
 *   | { ask: 'published' }
 *   | { ask: 'list', prefix: string, after: string, limit: number }
 *   | { ask: 'get', key: string }
 *   | { ask: 'change', key: string, value: Uint8Array | null }
 *   | { ask: 'recording' }
 *   | { ask: 'script', step: unknown }} Question
 *
 * @typedef {Start | { type: 'port', port: MessagePort } | { type: 'ask', id: number, question: Question }} ToWorker
 *
 * @typedef {{ type: 'ready' }
 *   | { type: 'broken', reason: string }
 *   | { type: 'busy', millis: number, service: string, asked: Asked }
 *   | { type: 'change', change: Change }
 *   | { type: 'line', line: Line }
 *   | { type: 'trace', trace: Trace }
 *   | { type: 'answer', id: number, answer: any }
 *   | { type: 'script', told: unknown }} FromWorker
 *
 * Who waits for what the program does: a question of the page, or a request of the service worker.
 * @typedef {{ by: 'page' | 'port', id: number } | null} Asked
 *
 * @typedef {{ id: number, method: string, path: string, query: string, headers: Headers, body: ArrayBuffer, credentials: boolean }} PortRequest
 * @typedef {{ id: number, status: number, headers: Headers, body: ArrayBuffer | null, part: GatewayResponse['part'] | null, stream: string | null, ofUsers: boolean, signIn: boolean }} PortAnswer
 *
 * What was published, as those who listen to the channel are told.
 * @typedef {{ channel: string, event: string }} PortEvent
 */

/**
 * What a worker gives the app that runs in it.
 *
 * @typedef {object} Surroundings
 * @property {(post: (message: FromWorker) => void, script: unknown) => Omit<Ground, 'changed' | 'busy' | 'published' | 'line' | 'trace'>} ground
 * @property {(kernel: Kernel, step: unknown) => unknown} [script]
 */

/**
 * Runs an app in this worker.
 *
 * @param {(message: FromWorker, transfer?: ArrayBuffer[]) => void} post
 * @param {Surroundings} surroundings
 * @returns {(message: ToWorker) => void} takes what the page sends
 */
export function host(post, surroundings) {
  /** @type {Promise<Kernel>} */
  let kernel = new Promise(() => {});
  /** @type {Asked} */
  let asked = null;
  /** Where the service worker hears of what is published. @type {MessagePort | null} */
  let listeners = null;

  /** @param {Start} message */
  async function start({ app, state, modules, script }) {
    const ground = surroundings.ground(post, script);
    const made = new Kernel(app, modules, state, {
      ...ground,
      changed: change => post({ type: 'change', change }),
      busy: (deadline, service) =>
        post({ type: 'busy', millis: (deadline - ground.clock.monotonic()) / 1e6, service, asked }),
      published: ({ channel, event }) => listeners?.postMessage({ channel, event }),
      line: line => post({ type: 'line', line }),
      trace: trace => post({ type: 'trace', trace }),
    });
    made.start();
    post({ type: 'ready' });
    return made;
  }

  /** @param {MessagePort} port */
  function answerOn(port) {
    listeners = port;
    port.onmessage = async ({ data }) => {
      const { id, method, path, query, headers, body, credentials } = /** @type {PortRequest} */ (data);
      const running = await kernel;
      asked = { by: 'port', id };
      const request = { method, path, query, headers, body: new Uint8Array(body) };
      const answer = await answered(running, request, credentials);
      asked = null;
      const bytes = answer.body.length === 0 ? null : whole(answer.body);
      /** @type {PortAnswer} */
      const told = { id, status: answer.status, headers: answer.headers, body: bytes, part: answer.part ?? null, stream: answer.stream ?? null, ofUsers: answer.ofUsers ?? false, signIn: method === 'POST' && SignIn.isFor(request) };
      port.postMessage(told, bytes ? [bytes] : []);
    };
  }

  return async message => {
    switch (message.type) {
      case 'start':
        kernel = start(message);
        kernel.catch(thrown => post({ type: 'broken', reason: String(thrown?.message ?? thrown) }));
        break;
      case 'port':
        answerOn(message.port);
        break;
      case 'ask': {
        const running = await kernel;
        asked = { by: 'page', id: message.id };
        const answer = await reply(running, message.question, surroundings);
        asked = null;
        post({ type: 'answer', id: message.id, answer });
      }
    }
  };
}

/** @param {Kernel} kernel @param {GatewayRequest} request @param {boolean} credentials */
function answered(kernel, request, credentials) {
  return SignIn.isFor(request) ? kernel.signIn(request, credentials) : kernel.request(request, credentials);
}

/** The bytes alone, in a buffer that may be given away. @param {Uint8Array} bytes */
function whole(bytes) {
  return /** @type {ArrayBuffer} */ (bytes.length === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer);
}

/** @param {Kernel} kernel @param {Question} question @param {Surroundings} surroundings */
function reply(kernel, question, surroundings) {
  switch (question.ask) {
    case 'call':
      return kernel.call(question.service, question.method, question.request);
    case 'request':
      return answered(kernel, question.request, question.credentials);
    case 'fire':
      return kernel.fire(question.name);
    case 'due':
      return kernel.due();
    case 'messages':
      return kernel.messages;
    case 'published':
      return kernel.published;
    case 'list': {
      const { store } = kernel;
      const keys = store.list(question.prefix, question.after, question.limit);
      const entries = keys.map(key => ({ key, value: /** @type {Uint8Array} */ (store.get(key)) }));
      return { entries, size: store.size, bytes: store.bytes };
    }
    case 'get':
      return kernel.store.get(question.key) ?? null;
    case 'change':
      return kernel.change(question.key, question.value);
    case 'recording':
      return kernel.recording;
    case 'script':
      return surroundings.script?.(kernel, question.step);
  }
}
