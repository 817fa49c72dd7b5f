import { clockTime, counted, duration, element } from '../element.js';

/** @import { Recording } from '../recorder.js' */
/** @import { Session } from '../session.js' */
/** @import { Span, Trace } from '../tracer.js' */

/** The requests of this session, each with its way through the services. */
export class RequestsView {
  title = 'Requests';
  element = element('div', { class: 'view requests' });
  #session;
  #list = element('ol', { class: 'rows' });
  #empty = element('p', { class: 'empty' }, 'Nothing has been asked yet. Use the app, or call a method under Try.');
  #newest = 0;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    const save = element('button', { type: 'button', click: () => this.#save() }, 'Save as a test');
    this.element.append(
      element('div', { class: 'tools' }, element('span', { class: 'count' }, 'What was asked since the app was started, as a file that parigot test --replay runs.'), save),
      this.#empty,
      this.#list);
    session.addEventListener('cleared', () => this.#list.replaceChildren());
  }

  async #save() {
    /** @type {Recording} */
    const recording = await this.#session.control.ask({ ask: 'recording' });
    const asked = recording.steps.filter(({ request }) => request).length;
    const url = URL.createObjectURL(new Blob([written(recording)], { type: 'application/json' }));
    element('a', { href: url, download: `${recording.app}.replay.json` }).click();
    URL.revokeObjectURL(url);
    this.#session.tell(
      `${counted(asked, 'request')} of services saved: run them by parigot test DIR --replay ${recording.app}.replay.json` +
        (recording.cut ? '. What came last is not among them: it was too much.' : ''));
  }

  draw() {
    for (const trace of this.#session.traces) {
      if (trace.id > this.#newest || trace.at > this.#session.traces[0].at + 1e12) {
        this.#newest = trace.id;
        this.#list.prepend(row(trace));
      }
    }
    while (this.#list.childElementCount > 200) {
      this.#list.lastElementChild?.remove();
    }
    this.#empty.hidden = this.#list.childElementCount > 0;
  }
}

/** @param {Recording} recording a line a step, so that it can be read and cut */
function written({ data, steps, ...about }) {
  const lines = (/** @type {unknown[]} */ all) => (all.length === 0 ? '[]' : `[\n    ${all.map(each => JSON.stringify(each)).join(',\n    ')}\n  ]`);
  return `${JSON.stringify(about, null, 2).replace(/\n}$/, '')},\n  "data": ${lines(data)},\n  "steps": ${lines(steps)}\n}\n`;
}

/** @param {Trace} trace */
function row(trace) {
  const calls = trace.spans.filter(({ kind }) => kind === 'call');
  const code = calls[0]?.code ?? 0;
  const services = new Set(calls.map(({ name }) => name.split('.')[0])).size;
  const summary = element('summary', {},
    element('time', {}, clockTime(trace.at)),
    element('code', { class: 'what' }, trace.what),
    element('span', { class: 'through' }, calls.length === 0 ? 'a file of the site' : counted(services, 'service')),
    element('span', { class: `code${code === 0 ? '' : ' failing'}` }, code === 0 ? 'ok' : String(code)),
    element('span', { class: 'took' }, duration(trace.micros)));
  const details = element('details', {}, summary);
  details.addEventListener('toggle', () => details.childElementCount === 1 && details.append(waterfall(trace)), { once: true });
  return element('li', {}, details);
}

/** @param {Trace} trace */
function waterfall({ spans, micros, dropped }) {
  const list = element('ol', { class: 'waterfall' }, ...spans.map(span => bar(span, Math.max(1, micros))));
  if (spans.length === 0) {
    return element('p', { class: 'empty' }, 'No service had to be called.');
  }
  if (dropped > 0) {
    list.append(element('li', { class: 'more' }, `and ${dropped} more`));
  }
  return list;
}

/** @param {Span} span @param {number} micros of the whole */
function bar({ name, caller, depth, kind, start, end, code }, micros) {
  const line = element('li', { class: kind },
    element('span', { class: 'name' }, kind === 'host' ? `${caller}: ${name}` : name),
    element('span', { class: 'track', 'aria-hidden': 'true' }, element('span', { class: `length${code === 0 ? '' : ' failing'}` })),
    element('span', { class: 'took' }, kind === 'host' ? '' : `${duration(end - start)}${code === 0 ? '' : `, error ${code}`}`));
  line.style.setProperty('--depth', String(depth));
  line.style.setProperty('--start', `${(100 * start) / micros}%`);
  line.style.setProperty('--length', `${Math.max(0.5, (100 * (end - start)) / micros)}%`);
  return line;
}
