/**
 * How a test fails: the run that fails beside one that passes, as sequence diagrams with a scrubber through their steps. Used by
 * the console, and by the page that is shared, which has these scripts as one.
 *
 * @import { Picture, Side } from './failure-story.js'
 */
import { Diagram } from './failure-diagram.js';
import { badge, button, make, region, spell } from './failure-parts.js';
import { stateOf } from './failure-state.js';
import { consequence, ending, numbered, otherwise, told } from './failure-story.js';
import { styles } from './failure-style.js';
import { tablesOf } from './failure-table.js';

export class FailurePicture extends HTMLElement {
  /** @type {Picture | undefined} */
  #picture;
  /** @type {Diagram[]} */
  #diagrams = [];
  #at = 0;
  #steps = 0;
  #observer = new ResizeObserver(() => this.#lay());
  #width = 0;
  #root = this.attachShadow({ mode: 'open' });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [styles];
  }

  connectedCallback() {
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    this.#observer.disconnect();
  }

  /** @param {Picture} picture */
  set picture(picture) {
    this.#picture = picture;
    this.#build();
  }

  get picture() {
    return /** @type {Picture} */ (this.#picture);
  }

  #build() {
    const picture = this.picture;
    const verdict = make('div', 'verdict');
    const sentence = make('p', 'sentence');
    sentence.setAttribute('role', 'heading');
    sentence.setAttribute('aria-level', '2');
    spell(numbered(picture), sentence);
    verdict.append(sentence);
    const came = consequence(picture);
    if (came) {
      const so = make('p', 'so');
      spell(came, so);
      verdict.append(so);
    }
    verdict.append(this.#facts());
    const sides = make('div', 'sides');
    this.#diagrams = [];
    sides.append(this.#side(picture.failing, true));
    if (picture.passing) sides.append(this.#side(picture.passing, false));
    else sides.classList.add('alone');
    this.bar = this.#scrubber();
    const more = make('slot');
    more.setAttribute('name', 'more');
    this.#root.replaceChildren(verdict, more, sides, this.bar, tablesOf(picture));
    this.#width = 0;
    this.#lay();
  }

  #facts() {
    const { expected, got, place, failure, test } = this.picture;
    const list = make('dl', 'verdict-facts');
    const add = (/** @type {string} */ name, /** @type {string} */ value, kind = '') => {
      const pair = make('div', kind);
      const told = make('dd');
      told.append(make('code', '', value));
      pair.append(make('dt', '', name), told);
      list.append(pair);
    };
    if (expected !== null && got !== null) {
      add('The test expected', expected, 'big good');
      add('It got', got, 'big bad');
    } else {
      const { name, said } = ending(failure);
      const known = this.picture.sentence.replaceAll('`', '').includes(said.replaceAll('`', ''));
      if (known) add('How it failed', name, 'big bad');
      else add(name, said, 'big bad');
    }
    add('Test', test);
    if (place) add('Line', place);
    return list;
  }

  /** @param {Side} side @param {boolean} fails */
  #side(side, fails) {
    const section = make('section', fails ? 'side failing' : 'side passing');
    const title = make('h3');
    const words = fails ? (this.picture.passing ? 'So it fails' : 'What happened') : otherwise(this.picture);
    title.append(make('span', 'sign', fails ? '✗' : '✓'), words);
    const { expected, got, common, passing, failure } = this.picture;
    const failed = expected !== null && got !== null ? `expected ${expected}, got ${got}` : outcome(failure);
    const diagram = new Diagram(side, {
      fails,
      end: fails ? failed : 'the test passes',
      parts: passing ? common : 0,
      hues: hues(this.picture),
      changed: () => this.#relay(),
      choose: (row) => this.#go(diagram, row),
    });
    this.#diagrams.push(diagram);
    const view = region('view', `Picture of the run that ${fails ? 'fails' : 'passes'}; it is told as a table below`);
    view.append(diagram.box);
    section.append(title, view);
    if (side.steps > side.rows.length) section.append(make('p', 'soft', `The first ${side.rows.length} of ${side.steps} steps.`));
    return section;
  }

  #scrubber() {
    const bar = make('div', 'scrub');
    const back = button('◀', 'One step back', () => this.#move(this.#at - 1));
    const on = button('▶', 'One step on', () => this.#move(this.#at + 1));
    const range = /** @type {HTMLInputElement} */ (document.createElement('input'));
    range.type = 'range';
    range.min = '0';
    range.setAttribute('aria-label', 'Step of the runs');
    range.addEventListener('input', () => this.#move(Number(range.value)));
    this.range = range;
    const line = make('div', 'scrub-line');
    line.append(back, range, on);
    for (const number of [1, 2]) {
      const index = this.picture.failing.rows.findIndex((row) => row.decides === number);
      if (index >= 0) {
        const jump = button('', `Go to step ${number} of the two that decide`, () => this.#go(this.#diagrams[0], this.picture.failing.rows.findIndex((row) => row.decides === number)));
        jump.append(badge(number));
        line.append(jump);
      }
    }
    this.states = make('div', 'states');
    bar.append(line, this.states);
    return bar;
  }

  #lay() {
    if (!this.#picture || !this.isConnected || this.#width === this.clientWidth) return;
    this.#width = this.clientWidth;
    this.#relay();
  }

  #relay() {
    const fresh = this.#steps === 0;
    const together = this.#beside ? aligned(this.picture, this.#diagrams) : null;
    for (const diagram of this.#diagrams) {
      diagram.lay(diagram.box.parentElement?.clientWidth ?? 500, together ?? aligned(this.picture, [diagram]));
    }
    const before = this.#steps;
    this.#steps = Math.max(...this.#diagrams.map((diagram) => diagram.visible.length));
    if (this.range) this.range.max = String(this.#steps - 1);
    this.#move(fresh || this.#at >= before - 1 ? this.#steps - 1 : this.#at);
  }

  /** Whether both runs have their places beside each other. */
  get #beside() {
    const [left, right] = this.#diagrams.map((diagram) => diagram.box.parentElement?.offsetTop);
    return left === right;
  }

  /** Shows both runs as far as one of them has come. @param {boolean} fails which one @param {number} row */
  follow(fails, row) {
    const visible = this.#diagrams.find((each) => each.fails === fails)?.visible ?? [];
    this.#move(visible.findLastIndex((each) => each <= row));
  }

  /** @param {Diagram} diagram @param {number} row */
  #go(diagram, row) {
    const place = diagram.visible.indexOf(row);
    if (place >= 0) this.#move(place);
  }

  /** @param {number} to */
  #move(to) {
    this.#at = Math.max(0, Math.min(this.#steps - 1, to));
    if (this.range) this.range.value = String(this.#at);
    const states = this.#diagrams.map((diagram) => {
      const visible = diagram.visible;
      const place = Math.min(this.#at, visible.length - 1);
      const index = visible[place] ?? 0;
      diagram.show(index, place === visible.length - 1);
      // What happened in folded steps before has happened.
      return stateOf(diagram.side, index, diagram.fails);
    });
    this.states?.replaceChildren(...states);
    const [first] = this.#diagrams;
    const index = first.visible[Math.min(this.#at, first.visible.length - 1)] ?? 0;
    this.range?.setAttribute('aria-valuetext', `Step ${index + 1}: ${told(first.side, index)}`);
  }
}

/** @param {string} failure */
function outcome(failure) {
  const { name, said } = ending(failure);
  return said === failure ? failure : name;
}

/** The colours of services: the same ones on both sides. @param {Picture} picture */
function hues({ failing, passing }) {
  const services = new Set();
  for (const side of [failing, passing]) {
    for (const row of side?.rows ?? []) if (row.concerns) services.add(side?.lanes[row.lane].service);
  }
  for (const side of [failing, passing]) for (const lane of side?.lanes ?? []) services.add(lane.service);
  return new Map([...services].map((service, i) => [service, i]));
}

/** The lanes in which diagrams have something to show, those of a service beside each other. @param {Picture} picture @param {Diagram[]} diagrams */
function aligned({ failing, passing }, diagrams) {
  const used = new Set(diagrams.flatMap((diagram) => diagram.lanes));
  const all = [...failing.lanes, ...(passing?.lanes ?? [])];
  const services = [...new Set(all.map((lane) => lane.service))];
  const number = (/** @type {string} */ name) => Number(name.split('-')[1] ?? 0);
  const lanes = [...new Map(all.map((lane) => [lane.name, lane])).values()].filter((lane) => used.has(lane.name));
  return lanes
    .sort((a, b) => services.indexOf(a.service) - services.indexOf(b.service) || number(a.name) - number(b.name))
    .map((lane) => lane.name);
}

customElements.define('parigot-failure', FailurePicture);
