/// <reference lib="webworker" />

/**
 * Answers the addresses of an app in this browser: what a page asks for goes to the worker in which the app runs, and files come
 * from the cache. A classic script with no imports: Firefox had no modules here for long.
 */
(() => {
  /** The export writes both: the app's description, and the runtime's files. */
  const APP = '@app@';
  const RUNTIME = ['@runtime@'];
  const FOLDER = 'parigot-demo/';
  const CLIENT = '_parigot/client.js';
  const HEARTBEAT = 15_000;
  /** Of this version: of the app, and of the runtime, whose folder is in it. */
  const CACHE = `${APP} ${RUNTIME[0]}`;
  const NO_BODY = [204, 205, 304];
  const PATIENCE = 500;

  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const scope = new URL(worker.registration.scope);
  const opened = caches.open(CACHE);

  /** @type {MessagePort | null} */
  let port = null;
  let last = 0;
  /** Requests that wait for their answers. @type {Map<number, { message: any, body: ArrayBuffer, resolve: (answer: any) => void }>} */
  const waiting = new Map();
  /** Who listens to a channel. @type {Map<string, Set<ReadableStreamDefaultController<Uint8Array>>>} */
  const listeners = new Map();
  /** Those of them who may listen for as long as they are signed in. @type {Set<ReadableStreamDefaultController<Uint8Array>>} */
  const users = new Set();
  const encoder = new TextEncoder();

  worker.addEventListener('install', event => event.waitUntil(worker.skipWaiting()));
  worker.addEventListener('activate', event => event.waitUntil(worker.clients.claim()));
  worker.addEventListener('message', event => receive(event));
  worker.addEventListener('fetch', event => {
    const url = new URL(event.request.url);
    if (url.origin === scope.origin) {
      const path = url.pathname.startsWith(scope.pathname) ? url.pathname.slice(scope.pathname.length) : null;
      event.respondWith(handle(event.request, url, path, work => event.waitUntil(work)));
    }
  });

  /**
   * @param {Request} request
   * @param {URL} url
   * @param {string | null} path in the export; null outside of it
   * @param {(work: Promise<unknown>) => void} also is told of what goes on after the answer
   */
  async function handle(request, url, path, also) {
    if (path?.startsWith(FOLDER)) {
      return kept(url.href, also);
    }
    if (path === CLIENT || url.pathname === `/${CLIENT}`) {
      return kept(new URL(RUNTIME.find(file => file.endsWith('/client.js')) ?? '', scope).href, also);
    }
    if (request.destination === 'document' && request.method === 'GET') {
      // The shell's own address; a page of the app is shown inside of it.
      return path === '' ? kept(scope.href, also) : Response.redirect(`${scope.href}#/${path}${url.search}`);
    }
    const body = await request.arrayBuffer();
    const answer = await ask(messageOf(request, url, path), body);
    return response(request, answer, also);
  }

  /** From the cache, for ever; else from the server. @param {string} url @param {(work: Promise<unknown>) => void} also */
  async function kept(url, also) {
    const cache = await opened;
    const found = await cache.match(url);
    if (found) {
      return found;
    }
    // Files of an older version are the same if they have the same name; the page is not, but better than none.
    const older = () => caches.match(url);
    const fresh =
      url === scope.href
        ? await fetch(url, { cache: 'no-cache' }).catch(async thrown => (await older()) ?? Promise.reject(thrown))
        : ((await older()) ?? (await fetch(url)));
    if (fresh.ok) {
      also(cache.put(url, fresh.clone()));
    }
    return fresh;
  }

  /** Everything that the app will ever ask for, so that it goes on without a server. */
  async function fill() {
    /** @type {Promise<unknown>[]} */
    const put = [];
    const keep = async (/** @type {string} */ url) => {
      const answer = await kept(url, work => put.push(work));
      return answer.ok ? answer : Promise.reject(new Error(url));
    };
    const description = await (await keep(new URL(APP, scope).href)).json();
    const files = [
      ...description.services.map((/** @type {{ file: string }} */ { file }) => file),
      ...(description.wound ? [description.wound.file] : []),
      ...Object.values(description.site?.files ?? {}).map(({ file }) => file),
    ];
    const urls = ['', ...RUNTIME, ...files.map(file => `${FOLDER}files/${file}`)].map(path => new URL(path, scope).href);
    for (let i = 0; i < urls.length; i += 8) {
      await Promise.all(urls.slice(i, i + 8).map(keep));
    }
    await Promise.all(put);
    // Files that are the same are named the same, and were found in the export before.
    for (const name of await caches.keys()) {
      if (name !== CACHE && name.startsWith(FOLDER)) {
        await caches.delete(name);
      }
    }
  }

  /** @param {ExtendableMessageEvent} event */
  function receive(event) {
    const { data, ports, source } = event;
    if (data.type === 'port') {
      port = ports[0];
      port.onmessage = ({ data: answer }) => ('event' in answer ? tell(answer) : settle(answer));
      // Another worker runs the app now: who listens comes again, and gets what it keeps.
      listeners.forEach(each => each.forEach(end));
      if (data.late) {
        settle({ ...data.late, part: null, stream: null, ofUsers: false, signIn: false });
      }
      waiting.forEach(send);
    } else if (data.type === 'fill') {
      event.waitUntil(
        fill().then(
          () => source?.postMessage({ type: 'filled' }),
          () => source?.postMessage({ type: 'unfilled' }),
        ),
      );
    }
  }

  /** @param {any} answer */
  function settle(answer) {
    if (answer.signIn) {
      // Somebody else may be signed in now, or nobody: who still may listen comes again.
      users.forEach(end);
    }
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    asked?.resolve(answer);
  }

  /** @param {{ channel: string, event: string }} published */
  function tell({ channel, event }) {
    const bytes = encoder.encode(event);
    listeners.get(channel)?.forEach(each => each.enqueue(bytes));
  }

  /** @param {ReadableStreamDefaultController<Uint8Array>} listener */
  function end(listener) {
    listeners.forEach(each => each.delete(listener));
    users.delete(listener);
    listener.close();
  }

  /** A response that goes on. It ends when this worker is ended, which browsers do: then who listens comes again. @param {string} channel @param {ArrayBuffer} beginning @param {boolean} ofUsers */
  function listening(channel, beginning, ofUsers) {
    const those = listeners.get(channel) ?? new Set();
    listeners.set(channel, those);
    /** @type {ReadableStreamDefaultController<Uint8Array>} */
    let own;
    /** @type {ReturnType<typeof setInterval>} */
    let timer;
    return new ReadableStream({
      start(controller) {
        own = controller;
        controller.enqueue(new Uint8Array(beginning));
        those.add(controller);
        if (ofUsers) {
          users.add(controller);
        }
        timer = setInterval(() => (those.has(own) ? own.enqueue(encoder.encode(': still here\n\n')) : clearInterval(timer)), HEARTBEAT);
      },
      cancel() {
        those.delete(own);
        users.delete(own);
        clearInterval(timer);
      },
    });
  }

  /** @param {{ message: any, body: ArrayBuffer }} asked */
  function send({ message, body }) {
    // Copied, as the worker may have to be begun anew and asked again.
    port?.postMessage({ ...message, body });
  }

  /** @param {any} message @param {ArrayBuffer} body @returns {Promise<any>} */
  function ask(message, body) {
    return new Promise(resolve => {
      const asked = { message: { ...message, id: ++last }, body, resolve };
      waiting.set(last, asked);
      if (port) {
        send(asked);
      } else {
        void connect();
      }
    });
  }

  /** Asks the pages for a port, until the one in which the app runs gives one. */
  async function connect() {
    while (!port && waiting.size > 0) {
      for (const client of await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
        client.postMessage({ type: 'connect' });
      }
      await new Promise(resolve => setTimeout(resolve, PATIENCE));
    }
  }

  /** @param {Request} request @param {URL} url @param {string | null} path */
  function messageOf(request, url, path) {
    /** @type {[string, string][]} */
    const headers = [...request.headers];
    const add = (/** @type {string} */ name, /** @type {string} */ value) => {
      if (value && !request.headers.has(name)) {
        headers.push([name, value]);
      }
    };
    // What a browser adds on the way to a server.
    add('host', url.host);
    add('user-agent', navigator.userAgent);
    add('accept-language', navigator.languages?.join(','));
    add('referer', request.referrer === 'about:client' ? '' : request.referrer);
    add('origin', ['GET', 'HEAD'].includes(request.method) ? '' : scope.origin);
    return {
      method: request.method,
      path: path === null ? url.pathname : `/${path}`,
      query: url.search.slice(1),
      headers,
      credentials: request.credentials !== 'omit',
    };
  }

  /** @param {Request} request @param {any} answer @param {(work: Promise<unknown>) => void} also */
  async function response(request, { status, headers, body, part, stream, ofUsers }, also) {
    const told = new Headers();
    for (const [name, value] of headers) {
      // The page is shown inside of the runtime's, which is of the same origin.
      if (!/^(x-frame-options|set-cookie|content-encoding)$/i.test(name)) {
        told.append(name, shown(name.toLowerCase(), value));
      }
    }
    const none = NO_BODY.includes(status) || request.method === 'HEAD';
    if (stream) {
      return new Response(listening(stream, body, ofUsers), { status, headers: told });
    }
    return new Response(none ? null : part ? await sliced(part, also) : decoded(body, headers), { status, headers: told });
  }

  /** What a header has to say where a page is shown inside of the runtime's. @param {string} name @param {string} value */
  function shown(name, value) {
    if (name === 'location') {
      return located(value);
    }
    return name === 'content-security-policy' ? value.split(',').map(framed).join(',') : value;
  }

  /** @param {string} policy */
  function framed(policy) {
    return policy.split(';').filter(directive => !/^\s*frame-ancestors\b/i.test(directive)).join(';');
  }

  /** An export may lie in a folder of its host. @param {string} location */
  function located(location) {
    return location.startsWith('/') && !location.startsWith('//') ? scope.pathname + location.slice(1) : location;
  }

  /** @param {{ file: string, first: number, length: number }} part @param {(work: Promise<unknown>) => void} also */
  async function sliced({ file, first, length }, also) {
    const whole = await (await kept(new URL(`${FOLDER}files/${file}`, scope).href, also)).blob();
    return whole.slice(first, first + length);
  }

  /** A server's answer would be decoded by the browser. @param {ArrayBuffer | null} body @param {[string, string][]} headers */
  function decoded(body, headers) {
    const coding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1].toLowerCase();
    return body && (coding === 'gzip' || coding === 'deflate')
      ? new Blob([body]).stream().pipeThrough(new DecompressionStream(coding))
      : body;
  }
})();
