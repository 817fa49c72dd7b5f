/**
 * Runs a failing test again, step by step, in this page: on the page that is shared alone, which serves what that takes.
 *
 * @import { Picture, Side } from './failure-story.js'
 */
import { heldTable, messageRow, valueRow } from './failure-held.js';
import { badge, button, make, region } from './failure-parts.js';
import { shortened, told } from './failure-story.js';
import { styles } from './failure-style.js';
import { readable } from './failure-values.js';

const PLACE = '/run/';
const LAST_LINES = 6;
/** After so many milliseconds it is told that a step takes long. */
const LONG = 3_000;

const own = new CSSStyleSheet();
own.replaceSync(`
  :host { margin-block-start: 22px; }
  .run { background: var(--tile); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; }
  .bar, .sides-choice { display: flex; flex-wrap: wrap; gap: 8px 10px; align-items: center; }
  .bar p { margin: 0; flex: 1 1 22em; }
  h3 { margin: 0; font-size: 17px; }
  .main { font: inherit; font-weight: 650; color: #fff; background: light-dark(#1d5fbf, #2a62b8); border: 0; border-radius: 8px; min-block-size: 38px; padding: 0 16px; cursor: pointer; }
  .main:hover { background: light-dark(#174e9e, #3470c9); }
  .main:disabled, .plain:disabled { opacity: .5; cursor: default; }
  .controls { display: flex; flex-wrap: wrap; gap: 8px; margin-block: 12px 8px; }
  .controls .plain { padding: 0 12px; }
  progress { inline-size: 100%; block-size: 8px; accent-color: light-dark(#1d5fbf, #7db1ff); }
  .now { margin: 8px 0; font-size: 15px; min-block-size: 1.45em; }
  .result { margin: 10px 0; padding: 10px 14px; border-radius: 8px; border-inline-start: 5px solid var(--soft); background: var(--vaadin-background-container, light-dark(#eceff3, #2a2e37)); font-weight: 600; overflow-wrap: anywhere; }
  .result.bad { border-color: var(--bad); background: var(--bad-tint); color: var(--bad-text); }
  .result.good { border-color: var(--good); background: var(--good-tint); color: var(--good-text); }
  .result p { margin: 0; }
  .result p + p { font-weight: 400; margin-block-start: 4px; color: var(--vaadin-text-color, CanvasText); }
  .there { display: grid; grid-template-columns: 3fr 2fr; gap: 8px 24px; }
  .there h4 { margin: 6px 0 2px; font-size: 13px; font-weight: 600; color: var(--soft); }
  .there > div { min-inline-size: 0; max-block-size: 15em; overflow: auto; }
  .hint { font-size: 13.5px; margin: 10px 0 0; }
  .hint summary { cursor: pointer; color: var(--soft); }
  .hint p { margin: 6px 0 0; }
  label { display: inline-flex; gap: 6px; align-items: center; min-block-size: 32px; }
  @container (max-width: 860px) { .there { grid-template-columns: 1fr; } .log { display: block; } }
`);

/** @param {string} file */
async function fetched(file) {
  const answer = await fetch(PLACE + file);
  if (!answer.ok) throw new Error(answer.status === 404 ? 'The link has been revoked, or its files are kept no longer.' : `The platform answered ${answer.status}.`);
  return answer;
}

/** All that a run takes; from then on nothing is asked of the platform. */
async function load() {
  const [record, scripts, worker] = await Promise.all([
    fetched('record.json').then((answer) => answer.json()),
    import(PLACE + 'page.js'),
    fetched('worker.js').then((answer) => answer.blob()),
  ]);
  const files = await Promise.all(record.modules.map(async (/** @type {{ name: string, digest: string }} */ { name, digest }) =>
    [name, await WebAssembly.compileStreaming(fetched(`${digest.slice(digest.indexOf(':') + 1)}.wasm`))]));
  const address = URL.createObjectURL(worker);
  const hire = (/** @type {string} */ name) => new Worker(address, { name });
  return { record, Rerun: scripts.Rerun, files: new Map(files), hire };
}

export class FailureRerun extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });
  /** @type {Awaited<ReturnType<typeof load>> | null} */
  #loaded = null;
  /** @type {any} */
  #run = null;
  #fails = true;
  /** Whether steps are being taken. */
  #goes = false;
  /** @type {Map<string, string>} what the store held before the last step */
  #before = new Map();
  /** @type {Picture | undefined} */
  picture;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [styles, own];
  }

  connectedCallback() {
    this.#invite();
    addEventListener('pagehide', () => this.#run?.close());
  }

  /** @param {string} [problem] why it could not be run */
  #invite(problem) {
    const begin = make('button', 'main', 'Run it here');
    begin.setAttribute('type', 'button');
    begin.addEventListener('click', () => this.#begin(begin));
    const words = make('p', problem ? 'result' : 'soft', problem ?? 'The same run, step by step, in your browser: with the very files that were tested, no account, and nothing sent anywhere.');
    if (problem) words.setAttribute('role', 'alert');
    const bar = make('div', 'bar');
    bar.append(begin, words);
    const box = make('section', 'run');
    box.setAttribute('aria-label', 'Run it here');
    box.append(bar);
    this.#root.replaceChildren(box);
  }

  /** @param {HTMLElement} begin */
  async #begin(begin) {
    if (!crossOriginIsolated) {
      this.#invite('This browser does not let the page run it: that takes an address with https, and a browser that isolates pages from each other.');
      return;
    }
    begin.setAttribute('disabled', '');
    begin.textContent = 'Loading …';
    try {
      this.#loaded = await load();
    } catch (thrown) {
      this.#invite(`It can't be run: ${thrown instanceof Error ? thrown.message : thrown}`);
      return;
    }
    this.#build();
    this.#anew(true);
    this.#root.querySelector('button')?.focus();
  }

  #build() {
    const box = make('section', 'run');
    box.setAttribute('aria-label', 'Run it here');
    this.controls = make('div', 'controls');
    this.controls.append(
      button('Step', 'Take the next step', () => this.#go(this.#run.where.at + 1)),
      ...[1, 2].map((number) => this.#jump(number)),
      button('To the end', 'To the end: take all steps that are left', () => this.#go(Infinity)),
      button('From the beginning', 'From the beginning, anew', () => this.#anew(this.#fails)),
    );
    this.progress = document.createElement('progress');
    this.progress.setAttribute('aria-label', 'Steps taken');
    this.now = make('p', 'now');
    this.now.setAttribute('aria-live', 'polite');
    this.result = make('div');
    this.result.setAttribute('role', 'status');
    this.there = make('div', 'there');
    const heading = make('div', 'sides-choice');
    heading.append(make('h3', '', 'It runs here'), ...this.#choice());
    box.append(heading, this.controls, this.progress, this.now, this.result, this.there, hint());
    this.#root.replaceChildren(box);
  }

  /** @param {number} number of one of the two steps that decide */
  #jump(number) {
    const jump = button('Up to ', `Take all steps up to ${number} of the two that decide`, () => this.#go(this.#place(number) + 1));
    jump.append(badge(number));
    jump.dataset.decides = String(number);
    return jump;
  }

  /** Which of the two runs. */
  #choice() {
    if (!this.#loaded?.record.passing) return [];
    return [true, false].map((fails) => {
      const label = make('label');
      const radio = document.createElement('input');
      radio.type = 'radio';
      radio.name = 'side';
      radio.checked = fails === this.#fails;
      radio.addEventListener('change', () => this.#anew(fails));
      label.append(radio, fails ? 'the order that fails' : 'the one that passes');
      return label;
    });
  }

  /** @returns {Side} */
  get #side() {
    const { failing, passing } = /** @type {Picture} */ (this.picture);
    return this.#fails || !passing ? failing : passing;
  }

  /** @param {number} number */
  #place(number) {
    return this.#side.rows.findIndex((row) => row.decides === number);
  }

  /** @param {boolean} fails */
  #anew(fails) {
    this.#run?.close();
    this.#goes = false;
    this.#fails = fails;
    const { record, Rerun, files, hire } = /** @type {NonNullable<typeof this.#loaded>} */ (this.#loaded);
    this.#run = new Rerun(record, fails ? 'failing' : 'passing', files, hire);
    this.#before = new Map();
    for (const radio of this.#root.querySelectorAll('input')) radio.checked = radio.parentElement?.textContent?.includes('fails') === fails;
    this.#draw();
  }

  /** @param {number} until how many steps are to be taken in all */
  async #go(until) {
    const run = this.#run;
    if (this.#goes) return;
    this.#goes = true;
    this.#enable();
    try {
      while (this.#run === run && !run.where.end && run.where.at < until) {
        this.#before = new Map(run.state.store.map(({ key, value }) => [key, readable(value)]));
        await this.#patiently(run.next());
        if (run.where.at % 8 === 0) this.#draw();
      }
      if (this.#run === run) this.#draw();
    } catch (thrown) {
      if (this.#run === run) this.#break(thrown);
    } finally {
      if (this.#run === run) this.#goes = false;
    }
    if (this.#run === run) this.#enable();
  }

  /** Where this page itself fails. @param {unknown} thrown */
  #break(thrown) {
    const box = make('div', 'result');
    box.append(
      make('p', '', 'It can\'t go on in this browser. Begin again, or replay it on your machine.'),
      make('p', '', shortened(thrown instanceof Error ? thrown.message : String(thrown), 300)),
    );
    this.result?.replaceChildren(box);
  }

  /** @param {Promise<void>} step */
  async #patiently(step) {
    const timer = setTimeout(() => {
      if (this.now) this.now.textContent += ' … and now it computes, or stands at a breakpoint.';
    }, LONG);
    try {
      await step;
    } finally {
      clearTimeout(timer);
    }
  }

  #enable() {
    const { at, end } = this.#run.where;
    for (const each of this.controls?.children ?? []) {
      const decides = Number(/** @type {HTMLElement} */ (each).dataset.decides ?? 0);
      const place = decides ? this.#place(decides) : at;
      const again = each === this.controls?.lastElementChild;
      each.toggleAttribute('hidden', decides > 0 && place < 0);
      each.toggleAttribute('disabled', again ? at === 0 && !this.#goes : this.#goes || Boolean(end) || place < at);
    }
  }

  #draw() {
    const { at, of, end } = this.#run.where;
    if (this.progress) [this.progress.max, this.progress.value] = [of, at];
    this.#enable();
    const words = at === 0 ? 'Nothing has happened yet. Take a step.' : `Step ${at} of ${of}${at <= this.#side.rows.length ? `: ${told(this.#side, at - 1)}` : ''}`;
    if (this.now) this.now.textContent = words;
    this.#conclude(end);
    this.#tell(this.#run.state);
    this.dispatchEvent(new CustomEvent('step', { detail: { fails: this.#fails, row: at - 1 } }));
  }

  /** @param {{ same: boolean, passed: boolean, told: string, expected: string } | null} end */
  #conclude(end) {
    if (!end) {
      this.result?.replaceChildren();
      return;
    }
    const { at, of } = this.#run.where;
    const box = make('div', `result ${!end.same ? '' : end.passed ? 'good' : 'bad'}`);
    if (end.same && end.passed) box.append(make('p', '', `✓ It passed again, in ${of} steps, each as recorded.`));
    else if (end.same) box.append(make('p', '', `✗ It failed the same way, in ${of} steps, each as recorded: ${shortened(end.told, 300)}`));
    else {
      box.append(
        make('p', '', `It went another way here: replayed ${Math.floor((100 * at) / of)} %, up to step ${at} of ${of}.`),
        make('p', '', `The record goes on with “${shortened(end.expected, 200)}”; here it was “${shortened(end.told, 200)}”.`),
      );
    }
    this.result?.replaceChildren(box);
  }

  /** @param {{ store: { key: string, value: Uint8Array }[], messages: { queue: string, number: number, body: Uint8Array, place: string }[], log: { by: string, message: string }[] }} state */
  #tell({ store, messages, log }) {
    const values = store.map(({ key, value }) => {
      const text = readable(value);
      return valueRow(key, text, this.#before.get(key) === text ? '' : 'changed');
    });
    const waiting = messages.filter((each) => each.place !== 'delivered');
    const table = heldTable([...values, ...waiting.map(({ queue, body, place }) => messageRow(queue, readable(body), place, false))], 'Store and queues now');
    const held = region('', 'Store and queues now');
    held.append(make('h4', '', 'Store and queues now'), table);
    const lines = make('ol', 'log');
    for (const { by, message } of log.slice(-LAST_LINES)) lines.append(make('li', '', `${by}: ${shortened(message, 160)}`));
    const written = region('', 'Log');
    written.append(make('h4', '', 'Log'), log.length ? lines : make('p', 'soft', 'Nothing yet.'));
    this.there?.replaceChildren(held, written);
  }
}

function hint() {
  const hint = make('details', 'hint');
  hint.append(
    make('summary', '', 'Look inside with breakpoints'),
    make('p', '', 'Each instance is a worker with its own memory. In the developer tools (F12), under Sources, each has a thread of its name, such as cart-1, and the module that it runs, as it was pushed: a breakpoint in it holds that instance in the middle of a step, and shows its locals, its stack and its memory.'),
  );
  return hint;
}

customElements.define('parigot-rerun', FailureRerun);
