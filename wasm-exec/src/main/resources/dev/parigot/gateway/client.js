// The client for an app's own pages: `import { service, channel } from '/_parigot/client.js'`.

const TIMEOUT = 10_000;
const RETRIES = 3;
const FIRST_REST = 250;
const LONGEST_REST = 10_000;
/** Two heartbeats and more: a connection that is silent for so long is dead. */
const SILENCE = 40_000;

/** What went wrong: the HTTP status (0 if there was no answer), the app's own code (else the status), and a text for people. */
export class ParigotError extends Error {
  name = 'ParigotError';

  /** @param {number} status @param {number} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * @typedef {{ signal?: AbortSignal, timeout?: number, retries?: number }} CallOptions
 * @typedef {(request?: unknown, options?: CallOptions) => Promise<any>} Method
 */

/**
 * A public service: `await service('cart').add({ sku: 'tea' })`.
 *
 * @param {string} name
 * @returns {any} an object whose functions are its methods
 */
export function service(name) {
  return new Proxy(Object.freeze({}), {
    // Whoever awaits a service looks for its method "then".
    get: (_, method) => typeof method === 'symbol' || method === 'then'
      ? undefined
      : (/** @type {unknown} */ request, /** @type {CallOptions} */ options) => call(name, method, request, options),
  });
}

/**
 * @param {string} service
 * @param {string} method
 * @param {unknown} request
 * @param {CallOptions} [options]
 */
async function call(service, method, request, { signal, timeout = TIMEOUT, retries = RETRIES } = {}) {
  const body = request === undefined ? undefined : request instanceof Uint8Array ? /** @type {BodyInit} */ (request) : JSON.stringify(request);
  const limit = AbortSignal.timeout(timeout);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    for (let attempt = 0; ; attempt++) {
      const response = await fetch(`/${service}/${method}`, { method: 'POST', body, signal: either });
      if (response.ok) {
        return await contentOf(response);
      }
      const failure = await errorOf(response);
      if (attempt >= retries || !wasNotBegun(response)) {
        throw failure;
      }
      await rest(Math.max(restAfter(attempt), secondsOf(response) * 1000), either);
    }
  } catch (thrown) {
    if (thrown instanceof ParigotError || signal?.aborted) {
      throw thrown;
    }
    throw limit.aborted
      ? new ParigotError(408, 408, `${service}.${method} took too long.`)
      : new ParigotError(0, 0, `${service}.${method} can’t be reached. Is the network there?`);
  }
}

/**
 * Those alone are made again: what a service has begun may have had its effects. The platform says when to try again; a method
 * that answers the same code does not.
 *
 * @param {Response} response
 */
function wasNotBegun({ status, headers }) {
  return (status === 429 || status === 503) && headers.has('Retry-After');
}

/** @param {Response} response */
async function contentOf(response) {
  if (response.headers.get('Content-Type')?.startsWith('application/json')) {
    return response.json();
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length === 0 ? undefined : bytes;
}

/** @param {Response} response */
async function errorOf(response) {
  const told = (await response.text()).trim();
  const text = response.headers.get('Content-Type')?.startsWith('application/problem+json') ? problemOf(told) : told;
  const code = Number(response.headers.get('Parigot-Error') ?? response.status);
  return new ParigotError(response.status, code, text || `The app answered ${response.status}.`);
}

/** What a problem (RFC 9457) says to people. @param {string} told */
function problemOf(told) {
  const { detail, next } = jsonOr(told);
  return detail ? `${detail} ${next ?? ''}`.trim() : told;
}

/** @param {Response} response */
function secondsOf(response) {
  return Number(response.headers.get('Retry-After')) || 0;
}

/** Half of it to all of it, so that what failed together does not come together. @param {number} attempt */
function restAfter(attempt) {
  return Math.min(FIRST_REST * 2 ** attempt, LONGEST_REST) * (0.5 + Math.random() / 2);
}

/** @param {number} millis @param {AbortSignal} signal @returns {Promise<void>} */
function rest(millis, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', stop, { once: true });
    function done() {
      signal.removeEventListener('abort', stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal.reason);
    }
  });
}

/**
 * One message: `data` is what its JSON says, else its text, else its bytes.
 *
 * @typedef {{ id: string, data: any, text: string }} Message
 * @typedef {{ signal?: AbortSignal, onState?: (state: 'open' | 'waiting' | 'closed') => void, onError?: (error: ParigotError) => void }} ListenOptions
 */

/** A channel: `const stop = channel('orders').listen(order => …)`. @param {string} name */
export function channel(name) {
  return {
    /**
     * @param {(data: any, message: Message) => void} told
     * @param {ListenOptions} [options]
     * @returns {() => void} ends it
     */
    listen(told, options = {}) {
      const ended = new AbortController();
      const signal = options.signal ? AbortSignal.any([ended.signal, options.signal]) : ended.signal;
      void listen(name, told, options, signal);
      return () => ended.abort();
    },
  };
}

/**
 * Comes again when the connection breaks, with the id of the last message: so none is missed that is kept.
 *
 * @param {string} name
 * @param {(data: any, message: Message) => void} told
 * @param {ListenOptions} options
 * @param {AbortSignal} signal
 */
async function listen(name, told, { onState, onError }, signal) {
  let last = '';
  for (let attempt = 0; !signal.aborted; attempt++) {
    let wait = 0;
    try {
      const response = await fetch(`/_parigot/channels/${name}`, {
        headers: { Accept: 'text/event-stream', ...(last && { 'Last-Event-ID': last }) },
        cache: 'no-store',
        signal,
      });
      if (response.ok && response.body) {
        onState?.('open');
        attempt = 0;
        await read(response.body, (id, event, text) => {
          last = id ?? last;
          if (text !== null) {
            tell(told, { id: last, data: event === 'base64' ? bytesOf(text) : jsonOr(text), text });
          }
        });
      } else {
        const failure = await errorOf(response);
        if (response.status < 500 && response.status !== 429 && response.status !== 408) {
          onError?.(failure);
          break;
        }
        wait = secondsOf(response) * 1000;
      }
    } catch {
      // There is no network, or the connection broke: it is tried again.
    }
    if (!signal.aborted) {
      onState?.('waiting');
      await rest(Math.max(wait, restAfter(attempt)), signal).catch(() => {});
    }
  }
  onState?.('closed');
}

/** What a listener throws is told, and is the end of nothing. @param {(data: any, message: Message) => void} told @param {Message} message */
function tell(told, message) {
  try {
    told(message.data, message);
  } catch (thrown) {
    reportError(thrown);
  }
}

/**
 * Reads server-sent events until there are no more, or nothing comes for too long.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @param {(id: string | null, event: string, text: string | null) => void} told with null as the text of what has none
 */
async function read(body, told) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let left = '';
  let id = /** @type {string | null} */ (null);
  let event = '';
  let data = /** @type {string[]} */ ([]);
  for (;;) {
    const timer = setTimeout(() => void reader.cancel(), SILENCE);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) {
      return;
    }
    const lines = (left + decoder.decode(value, { stream: true })).split('\n');
    left = lines.pop() ?? '';
    for (const line of lines) {
      const at = line.indexOf(': ');
      const field = line.slice(0, Math.max(at, 0));
      if (line === '') {
        told(id, event, data.length > 0 ? data.join('\n') : null);
        id = null;
        event = '';
        data = [];
      } else if (field === 'data') {
        data.push(line.slice(at + 2));
      } else if (field === 'id') {
        id = line.slice(at + 2);
      } else if (field === 'event') {
        event = line.slice(at + 2);
      }
    }
  }
}

/** @param {string} text */
function jsonOr(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), char => char.charCodeAt(0));
}
