import { Bar } from './bar.js';
import { BrowserStore } from './store.js';
import { Session } from './session.js';
import { Supervisor, modulesOf } from './supervisor.js';
import { startingData } from './description.js';

/** @import { Description } from './description.js' */

/** A module with two memories: a browser that takes it can run services that are wound together. */
const TWO_MEMORIES = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 5, 2, 0, 0, 0, 0]);
const LATE = 408;

const scope = new URL('./', document.baseURI);
const files = new URL('../files/', import.meta.url);
const query = new URLSearchParams(location.search);
const linked = query.has('linked') || !WebAssembly.validate(TWO_MEMORIES);
/** What is compiled, by its file. @type {Map<string, Promise<WebAssembly.Module>>} */
const compiled = new Map();
// All of this goes on at once: what there is to run is read, compiled, kept and served.
const described = fetch(new URL(contentOf('parigot-app'), scope)).then(response => /** @type {Promise<Description>} */ (response.json()));
const registered = register();
/** @type {(reason: string) => void} */
let notKept = () => {};
const unsaved = /** @type {Promise<string>} */ (new Promise(resolve => (notKept = resolve)));
const store = new BrowserStore(`parigot ${scope.pathname}`, described.then(startingData), reason => notKept(reason));
/** Its code comes while the page still finds out what to run. @type {Worker | null} */
let early = newWorker();
if (!linked && contentOf('parigot-program')) {
  compile(contentOf('parigot-program')).catch(() => {});
}

/** @param {string} name of the page's meta data */
function contentOf(name) {
  return document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
}

async function register() {
  if (!('serviceWorker' in navigator)) {
    throw new Error('This browser has no service workers here. They need https, or a host named localhost, and no private window in some browsers.');
  }
  const registration = await navigator.serviceWorker.register(new URL('parigot-sw.js', scope), { scope: scope.pathname });
  [registration.installing, registration.waiting, registration.active].forEach(watch);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  registration.update().catch(leave);
  const { active } = await navigator.serviceWorker.ready;
  return /** @type {ServiceWorker} */ (active);
}

/**
 * A service worker that takes the place of the app's may take itself off. Chromium may have it wait for minutes: so it is told.
 *
 * @param {ServiceWorker | null} worker
 */
function watch(worker) {
  const look = () => {
    if (worker?.state === 'installed') {
      worker.postMessage({ type: 'waiting' });
    } else if (worker?.state === 'activated' || worker?.state === 'redundant') {
      void leave();
    }
  };
  worker?.addEventListener('statechange', look);
  look();
}

/** Where the host has taken the app back no service worker is left: then what is shown here goes, too. */
async function leave() {
  if (!(await navigator.serviceWorker.getRegistration())) {
    location.reload();
  }
}

/** The page of an app around the app's own pages. */
class Shell {
  #app;
  #session;
  #bar;
  #supervisor;
  #leads = false;
  #frame = document.createElement('iframe');
  #hasPages;
  /** Until the app's page is there, nothing else is to be loaded. @type {Promise<unknown>} */
  #seen;

  /** @param {Description} app */
  constructor(app) {
    this.#app = app;
    this.#session = new Session(app, linked);
    void unsaved.then(reason => this.#session.say('unsaved', reason));
    this.#supervisor = new Supervisor(app, store, spawn, {
      line: line => this.#session.addLine(line),
      trace: trace => this.#session.addTrace(trace),
      started: late => this.#started(late),
      broken: reason => this.#session.say('broken', reason),
    }, () => modulesOf(app, linked, compile));
    this.#session.control = {
      ask: question => this.#supervisor.ask(question),
      reset: () => this.#reset(),
    };
    this.#bar = new Bar(this.#session);
    this.#hasPages = app.site !== null || app.services.some(speaksHttp);
    this.#seen = new Promise(resolve =>
      this.#hasPages ? this.#frame.addEventListener('load', resolve, { once: true }) : resolve(null));
  }

  async begin() {
    document.body.replaceChildren(...(this.#hasPages ? [this.#frame] : []), this.#bar.element);
    document.body.classList.toggle('without-pages', !this.#hasPages);
    navigator.serviceWorker?.addEventListener('message', ({ data }) => this.#receive(data));
    void this.#lead();
    try {
      await registered;
      this.#session.served = true;
      if (this.#hasPages) {
        this.#show();
      }
    } catch (thrown) {
      this.#session.say('broken', thrown instanceof Error ? thrown.message : String(thrown));
    }
    if (!this.#hasPages) {
      await this.#bar.open();
    }
  }

  /** One tab runs the app, for all that are open: they share its data. */
  async #lead() {
    const name = `parigot ${scope.pathname}`;
    const held = await navigator.locks.query();
    if (held.held?.some(lock => lock.name === name)) {
      this.#session.say('elsewhere', '');
    }
    await navigator.locks.request(name, async () => {
      this.#leads = true;
      this.#session.say('starting', '');
      await this.#supervisor.start();
      await new Promise(() => {});
    });
  }

  /** @param {{ service: string, asked: import('./host.js').Asked } | null} late */
  async #started(late) {
    this.#session.say('running', '');
    const active = await registered;
    const { port1, port2 } = new MessageChannel();
    this.#supervisor.connect(port1);
    const { asked, service } = late ?? { asked: null, service: '' };
    const message = {
      type: 'port',
      late: asked?.by === 'port' ? { id: asked.id, ...lateAnswer(service) } : null,
    };
    active.postMessage(message, [port2]);
    await this.#seen;
    if (!this.#session.filled) {
      active.postMessage({ type: 'fill' });
    }
  }

  /** @param {any} message of the service worker */
  #receive(message) {
    switch (message.type) {
      case 'connect':
        if (this.#leads && this.#supervisor.ready) {
          void this.#started(null);
        }
        break;
      case 'filled':
        this.#session.filled = true;
        this.#session.changed();
        break;
      case 'leave':
        location.reload();
        break;
      case 'unfilled':
        this.#session.tell('Not all files could be kept: without a network the app may not go on.');
    }
  }

  async #reset() {
    await this.#supervisor.reset();
    this.#session.clear();
    this.#frame.contentWindow?.location.reload();
  }

  /** The app's page at the address behind the hash; the hash follows where it goes. */
  #show() {
    // No page may be shown inside of one with the same address.
    const own = location.search === '' ? '?demo' : location.search;
    const at = (/** @type {string} */ path) => history.replaceState(null, '', `${scope.pathname}${own}#/${path}`);
    const first = location.hash.replace(/^#\/?/, '');
    at(first);
    this.#frame.title = this.#app.name;
    this.#frame.src = new URL(first || './', scope).href;
    this.#frame.addEventListener('load', () => {
      const inside = this.#frame.contentWindow?.location;
      if (inside?.pathname.startsWith(scope.pathname)) {
        at(inside.pathname.slice(scope.pathname.length) + inside.search + inside.hash);
      }
      document.title = this.#frame.contentDocument?.title || this.#app.name;
    });
  }
}

/** @param {string} service */
function lateAnswer(service) {
  const headers = [['Content-Type', 'text/plain; charset=utf-8'], ['Cache-Control', 'no-store']];
  return { status: LATE, headers, body: new TextEncoder().encode(`${service} took too long.`).buffer };
}

/** @param {Description['services'][number]} service */
function speaksHttp({ kind, methods, public: exposed }) {
  const speaks = kind === 'command' || methods.some(({ name }) => name === 'http');
  return speaks && (exposed === true || (exposed && exposed.includes('http')));
}

/** @type {ConstructorParameters<typeof Supervisor>[2]} */
function spawn(receive) {
  const worker = early ?? newWorker();
  early = null;
  worker.onmessage = ({ data }) => receive(data);
  worker.onerror = event => receive({ type: 'broken', reason: event.message || 'the runtime could not be loaded' });
  return { post: (message, transfer = []) => worker.postMessage(message, transfer), end: () => worker.terminate() };
}

/** @param {string} file */
function compile(file) {
  const module = compiled.get(file) ?? compileFrom(file);
  compiled.set(file, module);
  return module;
}

/** @param {string} file */
async function compileFrom(file) {
  const response = await fetch(new URL(file, files));
  if (!response.ok) {
    throw new Error(`${file} could not be loaded: ${response.status}`);
  }
  // Not every static host knows the type of WebAssembly.
  return response.headers.get('Content-Type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

function newWorker() {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}

new Shell(await described).begin();
