import { counted, duration, element } from './element.js';

/** @import { Session, State } from './session.js' */

/** @type {Record<State, [text: string, tone: string]>} */
const STATES = {
  loading: ['Loading …', 'wait'],
  starting: ['Starting …', 'wait'],
  running: ['Runs in this tab', 'good'],
  elsewhere: ['Runs in another tab', 'good'],
  broken: ["Can't run", 'bad'],
};

/** The slim bar under the app's pages, and the way into the panel. */
export class Bar {
  #session;
  #state = element('span', { class: 'state' });
  #last = element('span', { class: 'last' });
  #told = element('p', { role: 'status' });
  #notice = element('div', { class: 'notice' }, this.#told, element('button', { type: 'button', click: () => this.#session.tell('') }, 'Close'));
  #place = element('div', { class: 'panel-place', id: 'parigot-panel', hidden: true });
  #button = element('button', { type: 'button', class: 'inside', 'aria-expanded': 'false', 'aria-controls': 'parigot-panel', click: () => this.#toggle() }, 'Look inside');
  /** @type {import('./panel/panel.js').Panel | null} */
  #panel = null;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    const mark = element('span', { class: 'mark', 'aria-hidden': 'true' });
    const name = element('strong', { class: 'app-name' }, session.app.name);
    this.element = element('section', { class: 'parigot', 'aria-label': 'Parigot demo' },
      this.#place,
      this.#notice,
      element('div', { class: 'bar' }, mark, name, this.#state, this.#last, this.#button));
    session.addEventListener('state', () => this.#draw());
    session.addEventListener('trace', () => this.#drawLast());
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !this.#place.hidden && !document.body.classList.contains('without-pages')) {
        this.#toggle();
        this.#button.focus();
      }
    });
    this.#draw();
  }

  #draw() {
    const { state, detail, filled, unsaved, notice } = this.#session;
    const [text, tone] = STATES[state];
    this.#state.dataset.tone = unsaved ? 'bad' : tone;
    this.#state.textContent = text + (state === 'running' && filled ? ', offline too' : '');
    this.#state.title = state === 'running' && filled ? 'Every file is in this browser: it goes on without a network.' : '';
    const told = detail || notice || (unsaved && `This browser keeps nothing: ${unsaved}`);
    this.#told.textContent = told;
    this.#notice.hidden = !told;
  }

  #drawLast() {
    const trace = this.#session.traces[this.#session.traces.length - 1];
    if (trace && trace.what !== 'start') {
      const services = new Set(trace.spans.filter(({ kind }) => kind === 'call').map(({ name }) => name.split('.')[0])).size;
      this.#last.textContent = `${trace.what} · ${services === 0 ? 'a file' : counted(services, 'service')} · ${duration(trace.micros)}`;
    }
  }

  async #toggle() {
    if (this.#place.hidden) {
      await this.open();
    } else {
      this.#place.hidden = true;
      document.body.classList.remove('with-panel');
      this.#button.setAttribute('aria-expanded', 'false');
      this.#button.textContent = 'Look inside';
    }
  }

  /** The panel's code comes when it is first wanted. */
  async open() {
    if (!this.#panel) {
      const { Panel } = await import('./panel/panel.js');
      this.#panel = new Panel(this.#session);
      this.#place.append(this.#panel.element);
    }
    this.#place.hidden = false;
    document.body.classList.add('with-panel');
    this.#button.setAttribute('aria-expanded', 'true');
    this.#button.textContent = 'Close';
  }
}
