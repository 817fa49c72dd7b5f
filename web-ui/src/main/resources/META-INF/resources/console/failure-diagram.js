/**
 * A run as a sequence diagram: a line for each instance, from top to bottom. What a step does is written beside its line, over
 * the lines of others, so that it can be read however many there are.
 *
 * @import { Row, Side } from './failure-story.js'
 */
import { labelOf } from './failure-label.js';
import { draw, make } from './failure-parts.js';
import { shown } from './failure-story.js';

/** Left of all words, for the numbers of steps. */
const NUMBERS = 30;
/** Where the first line is. */
const GUTTER = 44;
/** Right of all words, for the arrow from the first of the two steps to the second. */
const MARGIN = 30;
/** From the line to what is written beside it. */
const APART = 13;
const LINE = 18;
const GAP = { least: 26, most: 210 };
const FOLD = 34;
/** An arrow above or below the words of a step. */
const LEVEL = 11;
/** What has so much room stands on the right of its line. */
const ENOUGH = 210;
const HEAD = 28;

/**
 * @typedef {object} Place where a step stands
 * @property {HTMLElement} label
 * @property {number} y its top
 * @property {number} height
 * @property {number} middle of its dot
 * @property {boolean} left whether its words are on the left of its line
 *
 * @typedef {{ from: number, until: number, y: number }} Fold
 */

/** One run as a diagram. */
export class Diagram {
  /** @type {Set<number>} the first indexes of what was unfolded */
  #open = new Set();
  /** @type {Map<number, Place>} by the indexes of steps */
  #places = new Map();
  /** @type {Map<number, Element[]>} what is drawn of each step */
  #marks = new Map();
  /** All but what can be unfolded: it is told as a table, too. */
  #layer = make('div', 'layer');
  #ending = make('div');
  #band = make('div', 'band');
  #x = (/** @type {string} */ _) => 0;

  /**
   * @param {Side} side
   * @param {object} about
   * @param {boolean} about.fails
   * @param {string} about.end how the test ends
   * @param {number} about.parts the row from which on it differs from the other run; 0 if there is none
   * @param {Map<string, number>} about.hues of services
   * @param {() => void} about.changed told when steps were unfolded
   * @param {(row: number) => void} about.choose told when a step was pointed at
   */
  constructor(side, about) {
    this.side = side;
    this.about = about;
    this.fails = about.fails;
    this.box = make('div', 'lanes');
    this.#layer.setAttribute('aria-hidden', 'true');
    this.box.addEventListener('click', (event) => this.#point(event));
  }

  /** The indexes of the steps that can be seen. */
  get visible() {
    return this.#items.flatMap((item) => ('row' in item ? [item.row] : []));
  }

  get #items() {
    return shown(this.side, this.#open);
  }

  /** The names of the lanes in which something can be seen. */
  get lanes() {
    const rows = this.visible.map((index) => this.side.rows[index]);
    const used = new Set(rows.flatMap((row) => [row.lane, row.to]));
    return this.side.lanes.filter((_, lane) => used.has(lane)).map((lane) => lane.name);
  }

  /** @param {number} index */
  #name(index) {
    return this.side.lanes[this.side.rows[index].lane].name;
  }

  /** @param {number} width @param {string[]} lanes from left to right */
  lay(width, lanes) {
    const tail = Math.min(150, Math.max(84, width * 0.22));
    const room = width - GUTTER - MARGIN - tail;
    const gap = Math.min(GAP.most, Math.max(GAP.least, room / Math.max(1, lanes.length - 1)));
    const right = Math.max(width, GUTTER + gap * (lanes.length - 1) + tail + MARGIN);
    this.#x = (name) => GUTTER + Math.max(0, lanes.indexOf(name)) * gap;
    this.#places.clear();
    this.#layer.replaceChildren(this.#band);
    this.box.replaceChildren(this.#layer);
    this.box.style.setProperty('--width', `${right}px`);
    const heads = this.#heads(lanes, gap, right);
    this.#write(right);
    const { folds, parts, bottom } = this.#stack(heads + 10);
    this.#end(bottom);
    const height = bottom + this.#ending.offsetHeight + 8;
    this.box.style.blockSize = `${height}px`;
    this.#draw({ lanes, right, height, top: heads, bottom });
    if (parts) this.#divide(parts);
    for (const fold of folds) this.box.append(this.#fold(fold));
  }

  /** The names on top, in as many rows as it takes; answers where they end. @param {string[]} lanes @param {number} gap @param {number} right */
  #heads(lanes, gap, right) {
    const heads = lanes.map((name) => {
      const { service } = this.side.lanes.find((lane) => lane.name === name) ?? { service: name.split('-', 1)[0] };
      const head = make('div', `head hue-${this.#hue(service)}`);
      head.append(make('strong', '', service), make('span', 'soft', name.slice(service.length)));
      return head;
    });
    this.#layer.append(...heads);
    const widths = heads.map((head) => head.offsetWidth);
    const rows = Math.ceil((Math.max(...widths) + 6) / gap);
    heads.forEach((head, i) => {
      head.style.insetInlineStart = `${Math.min(this.#x(lanes[i]) - 14, right - widths[i])}px`;
      head.style.insetBlockStart = `${4 + (i % rows) * (HEAD + 4)}px`;
    });
    return 4 + Math.min(rows, lanes.length) * (HEAD + 4);
  }

  /** @param {string} service */
  #hue(service) {
    return (this.about.hues.get(service) ?? 0) % 8;
  }

  /** Writes beside each line what is done there, on the side that has room. @param {number} right */
  #write(right) {
    for (const index of this.visible) {
      const label = labelOf(this.side, index);
      this.#layer.append(label);
      this.#places.set(index, { label, y: 0, height: 0, middle: 0, left: false });
    }
    const natural = new Map([...this.#places].map(([index, { label }]) => [index, Math.ceil(label.getBoundingClientRect().width) + 1]));
    for (const [index, place] of this.#places) {
      const x = this.#x(this.#name(index));
      const rooms = { right: right - MARGIN - x - APART, left: x - APART - NUMBERS };
      const needed = natural.get(index) ?? 0;
      place.left = needed > rooms.right && rooms.right < ENOUGH && rooms.left > rooms.right;
      const width = Math.min(needed, place.left ? rooms.left : rooms.right);
      place.label.style.inlineSize = `${width}px`;
      place.label.style.insetInlineStart = `${place.left ? x - APART - width : x + APART}px`;
    }
  }

  /** Puts one step below the other. @param {number} top */
  #stack(top) {
    const heights = new Map([...this.#places].map(([index, { label }]) => [index, label.offsetHeight]));
    const folds = [];
    let y = top;
    let parts = 0;
    for (const item of this.#items) {
      const at = 'row' in item ? item.row : item.from;
      if (this.about.parts > 0 && !parts && at >= this.about.parts) {
        parts = y + 14;
        y += 30;
      }
      if ('from' in item) {
        folds.push({ ...item, y });
        y += FOLD;
        continue;
      }
      const place = /** @type {Place} */ (this.#places.get(at));
      const row = this.side.rows[at];
      const above = this.#above(at) ? LEVEL : 0;
      const pad = row.decides ? 8 : 5;
      const block = heights.get(at) ?? LINE;
      place.y = y;
      place.label.style.insetBlockStart = `${y + pad + above}px`;
      place.middle = y + pad + above + (row.decides ? 5 : 0) + LINE / 2;
      place.height = pad * 2 + above + block + (this.#calls(at) ? LEVEL : 0);
      y += place.height;
    }
    return { folds, parts, bottom: y + 8 };
  }

  /** The step in another lane that it follows from, if that can be seen; else -1. @param {number} index */
  #before(index) {
    const { from } = this.side.rows[index];
    return this.#places.has(from) && this.#name(from) !== this.#name(index) ? from : -1;
  }

  /** Whether an arrow comes in above the words, as it would cross them. @param {number} index */
  #above(index) {
    const row = this.side.rows[index];
    const from = this.#before(index);
    const left = this.#places.get(index)?.left;
    const crosses = from >= 0 && left === this.#x(this.#name(from)) < this.#x(this.#name(index));
    return row.returns.length > 0 || crosses || (row.kind === 'WAIT' && from >= 0);
  }

  /** Whether it calls another lane. @param {number} index */
  #calls(index) {
    const { lane, to } = this.side.rows[index];
    return to >= 0 && to !== lane;
  }

  /** @param {number} bottom */
  #end(bottom) {
    this.#ending = make('div', 'outcome', `${this.fails ? '✗' : '✓'} ${this.about.end}`);
    this.#ending.style.insetBlockStart = `${bottom}px`;
    this.#layer.append(this.#ending);
  }

  /** @param {{ lanes: string[], right: number, height: number, top: number, bottom: number }} layout */
  #draw({ lanes, right, height, top, bottom }) {
    const svg = draw('svg', { width: right, height, viewBox: `0 0 ${right} ${height}` });
    for (const lane of lanes) svg.append(draw('line', { class: 'life', x1: this.#x(lane), x2: this.#x(lane), y1: top, y2: bottom - 4 }));
    this.#bars(svg);
    this.#marks.clear();
    for (const index of this.#places.keys()) this.#step(index, svg);
    this.#twoInOrder(svg, right);
    this.#band.after(svg);
  }

  /** Where a task is busy in a lane. @param {Element} svg */
  #bars(svg) {
    const spans = new Map();
    for (const index of this.#places.keys()) {
      const { task, lane } = this.side.rows[index];
      const span = spans.get(`${task} ${lane}`) ?? { lane, first: index, last: index };
      span.last = index;
      spans.set(`${task} ${lane}`, span);
    }
    for (const { lane, first, last } of spans.values()) {
      const { name, service } = this.side.lanes[lane];
      const top = this.#middle(first) - 7;
      svg.append(draw('rect', { class: `bar hue-${this.#hue(service)}`, x: this.#x(name) - 4, y: top, width: 8, height: this.#middle(last) - top + 9, rx: 4 }));
    }
  }

  /** @param {number} index */
  #middle(index) {
    return this.#places.get(index)?.middle ?? 0;
  }

  /** @param {number} index @param {Element} svg */
  #step(index, svg) {
    const row = this.side.rows[index];
    const { label, y, height, middle } = /** @type {Place} */ (this.#places.get(index));
    const at = this.#x(this.#name(index));
    const group = draw('g');
    const before = this.#before(index);
    if (before >= 0) this.#comes(group, before, { x: at, y: this.#above(index) ? middle - LEVEL - 3 : middle }, row.kind === 'WAIT');
    for (const lane of row.returns) arrow(group, this.#x(this.side.lanes[lane].name), at, middle - LEVEL - 3, 'arrow back');
    if (this.#calls(index)) arrow(group, at, this.#x(this.side.lanes[row.to].name), y + height - LEVEL, 'arrow');
    group.append(draw('text', { class: 'count', x: 22, y: middle + 4, 'text-anchor': 'end' }, String(index + 1)));
    if (row.decides) {
      group.append(
        draw('circle', { class: 'badge', cx: at, cy: middle, r: 10.5 }),
        draw('text', { class: 'badge-number', x: at, y: middle + 4.5, 'text-anchor': 'middle' }, String(row.decides)),
      );
    } else {
      group.append(draw('circle', { class: `dot ${row.kind.toLowerCase()}`, cx: at, cy: middle, r: row.kind === 'BEGIN' ? 5 : 3.5 }));
    }
    svg.append(group);
    this.#marks.set(index, [label, group]);
  }

  /** @param {Element} group @param {number} before the step that it comes from @param {{ x: number, y: number }} to @param {boolean} back */
  #comes(group, before, to, back) {
    const from = this.#x(this.#name(before));
    const sign = Math.sign(to.x - from);
    const edge = this.side.rows[before].decides ? 11 : 4;
    group.append(draw('path', { class: back ? 'arrow back' : 'arrow', d: `M ${from + edge * sign} ${this.#middle(before)} H ${from + (edge + 4) * sign} V ${to.y} H ${to.x - 6 * sign}` }));
    tip(group, to.x, to.y, sign);
  }

  /** Which of the two steps comes first. @param {Element} svg @param {number} right */
  #twoInOrder(svg, right) {
    const two = [...this.#places.keys()].filter((index) => this.side.rows[index].decides > 0);
    if (two.length !== 2) return;
    const [first, second] = two;
    const edge = (/** @type {number} */ index) => {
      const { label } = /** @type {Place} */ (this.#places.get(index));
      return Math.max(label.offsetLeft + label.offsetWidth, this.#x(this.#name(index)) + APART) + 2;
    };
    const [from, to] = [this.#middle(first), this.#middle(second)];
    const across = right - MARGIN / 2;
    const group = draw('g', { class: 'order' });
    group.append(
      draw('path', { d: `M ${edge(first)} ${from} H ${across - 6} q 6 0 6 6 V ${to - 6} q 0 6 -6 6 H ${edge(second) + 7}` }),
      draw('path', { class: 'order-tip', d: `M ${edge(second)} ${to} l 10 -6 v 12 z` }),
    );
    svg.append(group);
    const word = make('span', 'order-word', 'before');
    word.style.left = `${across - 11}px`;
    word.style.top = `${(from + to) / 2 - 29}px`;
    if (to - from > 70) this.#layer.append(word);
    this.#marks.get(second)?.push(group, word);
  }

  /** @param {number} y */
  #divide(y) {
    const divider = make('div', 'divider');
    divider.append(make('span', '', this.fails ? 'from here on it goes wrong' : 'from here on it goes well'));
    divider.style.insetBlockStart = `${y - 10}px`;
    this.#layer.append(divider);
  }

  /** @param {Fold} fold */
  #fold({ from, until, y }) {
    const button = make('button', 'fold', `${until - from} other steps`);
    button.setAttribute('type', 'button');
    button.setAttribute('aria-label', `Show ${button.textContent}`);
    button.style.insetBlockStart = `${y + 4}px`;
    button.addEventListener('click', () => {
      this.#open.add(from);
      this.about.changed();
    });
    return button;
  }

  /** @param {MouseEvent} event */
  #point(event) {
    const y = event.clientY - this.box.getBoundingClientRect().top;
    const [index] = [...this.#places].find(([, place]) => y >= place.y && y < place.y + place.height) ?? [-1];
    if (index >= 0 && !(event.target instanceof HTMLButtonElement)) this.about.choose(index);
  }

  /** Shows how far the run has come. @param {number} index @param {boolean} last */
  show(index, last) {
    for (const [each, elements] of this.#marks) {
      for (const element of elements) element.classList.toggle('later', each > index);
      elements[0].classList.toggle('current', each === index && !last);
    }
    this.#ending.classList.toggle('later', !last);
    const place = this.#places.get(index);
    this.#band.hidden = last || !place;
    this.#band.style.insetBlockStart = `${place?.y ?? 0}px`;
    this.#band.style.blockSize = `${place?.height ?? 0}px`;
  }
}

/** @param {Element} group @param {number} from @param {number} to @param {number} y @param {string} kind */
function arrow(group, from, to, y, kind) {
  const sign = Math.sign(to - from);
  if (!sign) return;
  group.append(draw('path', { class: kind, d: `M ${from + 5 * sign} ${y} H ${to - 6 * sign}` }));
  tip(group, to, y, sign);
}

/** @param {Element} group @param {number} x @param {number} y @param {number} sign where it points */
function tip(group, x, y, sign) {
  group.append(draw('path', { class: 'tip', d: `M ${x - 5 * sign} ${y} l ${-8 * sign} -4.5 v 9 z` }));
}
