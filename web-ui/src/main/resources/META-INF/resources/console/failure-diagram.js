/**
 * A run as a sequence diagram: a line for each instance, from top to bottom.
 *
 * @import { Row, Side } from './failure-story.js'
 */
import { draw, make } from './failure-parts.js';
import { shortened, shortenedKey, shown, told } from './failure-story.js';

const GUTTER = 30;
const HEAD = 42;
const LINE = 16;
const CHARACTER = 6.5;
const MONO = 6.9;

/** One run as a diagram. */
export class Diagram {
  /** @param {Side} side @param {boolean} fails @param {number} common @param {() => void} changed @param {(row: number) => void} choose */
  constructor(side, fails, common, changed, choose) {
    this.side = side;
    this.fails = fails;
    this.common = common;
    this.changed = changed;
    this.choose = choose;
    /** @type {Set<number>} */
    this.open = new Set();
    this.box = make('div', 'lanes');
    this.end = '';
    /** @type {Map<number, Element[]>} */
    this.marks = new Map();
    /** @type {Map<number, { y: number, height: number }>} */
    this.places = new Map();
  }

  /** The indexes of the steps that can be seen. */
  get visible() {
    return shown(this.side, this.open).flatMap((item) => ('row' in item ? [item.row] : []));
  }

  /** @param {number} width */
  lay(width) {
    const items = shown(this.side, this.open);
    const rows = this.side.rows;
    const used = [...new Set(items.flatMap((item) => ('row' in item ? [rows[item.row].lane, rows[item.row].to] : [])))]
      .filter((lane) => lane >= 0)
      .sort((a, b) => a - b);
    const column = Math.max(108, Math.min(250, (width - GUTTER - 4) / Math.max(1, used.length)));
    const x = (/** @type {number} */ lane) => GUTTER + 12 + Math.max(0, used.indexOf(lane)) * column;
    const right = GUTTER + used.length * column + 4;
    this.places.clear();
    let y = HEAD + 8;
    const folds = [];
    let same = 0;
    let decided = false;
    for (const item of items) {
      const at = 'row' in item ? item.row : item.from;
      if (this.common > 0 && !same && at >= this.common && this.passingBeside) {
        same = y + 12;
        y += 26;
      }
      const height = 'row' in item ? this.#height(rows[item.row], column) : 34;
      if ('row' in item && rows[item.row].decides) {
        // Room for the arrow from the first of the two.
        y += decided ? 10 : 0;
        decided = true;
      }
      if ('row' in item) this.places.set(item.row, { y, height });
      else folds.push({ ...item, y, height });
      y += height;
    }
    const bottom = y + 44;
    this.#draw({ x, column, right, bottom, used, same, folds });
  }

  passingBeside = true;

  /** @param {Row} row @param {number} column @returns {{ text: string, kind: string }[]} */
  #lines(row, column) {
    const room = column - (row.decides ? 40 : 26);
    const most = Math.floor(room / CHARACTER);
    const mono = Math.floor(room / MONO);
    const lines = [];
    const words = `${row.text} ${row.key}`.trim();
    if (row.kind === 'FAULT') return wrapped(row.text, Math.floor((column * 2 - 30) / CHARACTER)).map((text) => ({ text, kind: 'fault' }));
    if (row.kind === 'BEGIN') {
      const method = row.key.includes('.') ? row.key.slice(row.key.indexOf('.') + 1) : row.key;
      const begun = row.text === 'begins' ? method : words;
      return [{ text: shortened(begun, most), kind: 'name' }];
    }
    if (words.length <= most) lines.push({ text: words, kind: 'words' });
    else {
      lines.push(...wrapped(row.text, most).map((text) => ({ text, kind: 'words' })));
      // The lane that an arrow leads to has the service's name.
      const key = ['CALL', 'START', 'WAIT'].includes(row.kind) && row.key.length > mono ? row.key.slice(row.key.indexOf('.') + 1) : row.key;
      if (key) lines.push({ text: shortenedKey(key, mono), kind: 'key' });
    }
    if (row.value !== null && ['READ', 'WRITE', 'SEND'].includes(row.kind)) {
      lines.push({ text: shortened(row.value, mono), kind: 'value' });
    }
    return lines;
  }

  /** Whether an arrow comes in above its words, as it would cross them. @param {Row} row */
  #above(row) {
    return row.returns.length > 0 || (row.kind === 'WAIT' && row.from >= 0);
  }

  /** @param {Row} row @param {number} column */
  #height(row, column) {
    return this.#lines(row, column).length * LINE + (row.decides ? 26 : 12) + (this.#above(row) ? 9 : 0);
  }

  /** @param {{ x: (lane: number) => number, column: number, right: number, bottom: number, used: number[], same: number, folds: { from: number, until: number, y: number, height: number }[] }} layout */
  #draw({ x, column, right, bottom, used, same, folds }) {
    const svg = draw('svg', { width: right, height: bottom, viewBox: `0 0 ${right} ${bottom}`, 'aria-hidden': 'true' });
    this.marks.clear();
    const ground = draw('g');
    const lines = draw('g');
    const texts = draw('g');
    this.band = draw('rect', { class: 'band', x: 0, width: right, rx: 6 });
    svg.append(this.band, ground, lines, texts);
    for (const lane of used) {
      const { name, service } = this.side.lanes[lane];
      const number = name.slice(service.length + 1);
      ground.append(draw('line', { class: 'life', x1: x(lane), x2: x(lane), y1: HEAD, y2: bottom - 40 }));
      const head = draw('g', { class: `head hue-${this.#hue(service)}` });
      head.append(
        draw('rect', { x: x(lane) - 12, y: 6, width: column - 8, height: 30, rx: 7 }),
        draw('text', { x: x(lane) - 3, y: 26 }, shortened(service, Math.floor((column - (number ? (column > 150 ? 92 : 40) : 18)) / 7.8))),
      );
      if (number) head.append(draw('text', { class: 'number', x: x(lane) + column - 28, y: 26, 'text-anchor': 'end' }, column > 150 ? `instance ${number}` : number));
      head.append(draw('title', {}, name));
      svg.append(head);
    }
    this.#bars(ground, x);
    if (same) {
      ground.append(draw('line', { class: 'divider', x1: 0, x2: right, y1: same, y2: same }));
      const words = this.fails ? 'from here on it goes wrong' : 'from here on it goes well';
      const wide = words.length * 6.2 + 16;
      ground.append(
        draw('rect', { class: 'divider-ground', x: right / 2 - wide / 2, y: same - 9, width: wide, height: 18, rx: 9 }),
        draw('text', { class: 'divider-words', x: right / 2, y: same + 4, 'text-anchor': 'middle' }, words),
      );
    }
    for (const [index, place] of this.places) this.#step(index, place, lines, texts, x, column, right);
    this.#order(lines, x, column);
    this.#outcome(texts, x, bottom, right);
    this.box.replaceChildren(svg);
    this.box.style.setProperty('--width', `${right}px`);
    for (const fold of folds) this.box.append(this.#fold(fold));
    svg.addEventListener('click', (event) => {
      const above = svg.getBoundingClientRect().top;
      for (const [index, place] of this.places) {
        if (event.clientY - above >= place.y && event.clientY - above < place.y + place.height) this.choose(index);
      }
    });
  }

  /** @param {string} service */
  #hue(service) {
    return [...new Set(this.side.lanes.map((lane) => lane.service))].indexOf(service) % 8;
  }

  /** @param {number} index */
  #middle(index) {
    const place = this.places.get(index);
    return place ? place.y + (this.side.rows[index].decides ? 20 : 13) + (this.#above(this.side.rows[index]) ? 9 : 0) : 0;
  }

  /** Where a task is busy in a lane. @param {Element} ground @param {(lane: number) => number} x */
  #bars(ground, x) {
    const spans = new Map();
    for (const index of this.places.keys()) {
      const { task, lane } = this.side.rows[index];
      const span = spans.get(`${task} ${lane}`) ?? { lane, first: index, last: index };
      span.last = index;
      spans.set(`${task} ${lane}`, span);
    }
    for (const { lane, first, last } of spans.values()) {
      const top = this.#middle(first) - 7;
      ground.append(draw('rect', { class: `bar hue-${this.#hue(this.side.lanes[lane].service)}`, x: x(lane) - 4, y: top, width: 8, height: this.#middle(last) - top + 9, rx: 4 }));
    }
  }

  /** The nearest step before that can be seen. @param {number} index */
  #seen(index) {
    for (let i = index; i >= 0; i--) if (this.places.has(i)) return i;
    return -1;
  }

  /**
   * @param {number} index @param {{ y: number, height: number }} place @param {Element} lines @param {Element} texts
   * @param {(lane: number) => number} x @param {number} column @param {number} right
   */
  #step(index, place, lines, texts, x, column, right) {
    const row = this.side.rows[index];
    const at = x(row.lane);
    const y = this.#middle(index);
    const text = draw('g', { class: `step ${row.kind.toLowerCase()}${row.concerns ? '' : ' aside'}` });
    const line = draw('g', { class: 'arrows' });
    const before = row.from >= 0 && this.places.has(row.from) ? row.from : -1;
    if (before >= 0 && this.side.rows[before].lane !== row.lane) {
      const from = x(this.side.rows[before].lane);
      const sign = Math.sign(at - from);
      const level = row.kind === 'WAIT' ? y - 12 : y;
      line.append(
        draw('path', { class: row.kind === 'WAIT' ? 'arrow back' : 'arrow', d: `M ${from + 4 * sign} ${this.#middle(before)} H ${from + 8 * sign} V ${level} H ${at - 6 * sign}` }),
        draw('path', { class: 'tip', d: `M ${at - 5 * sign} ${level} l ${-8 * sign} -4.5 v 9 z` }),
      );
    }
    for (const lane of row.returns) {
      const [from, level] = [x(lane), y - 12];
      const sign = Math.sign(at - from);
      if (sign) {
        line.append(
          draw('path', { class: 'arrow back', d: `M ${from - 5 * -sign} ${level} H ${at - 6 * sign}` }),
          draw('path', { class: 'tip', d: `M ${at - 5 * sign} ${level} l ${-7 * sign} -4 v 8 z` }),
        );
      }
    }
    if (row.to >= 0 && row.to !== row.lane) {
      const to = x(row.to);
      const sign = Math.sign(to - at);
      const level = y + this.#lines(row, column).length * LINE - 6;
      line.append(
        draw('path', { class: 'arrow', d: `M ${at + 5 * sign} ${level} H ${to - 6 * sign}` }),
        draw('path', { class: 'tip', d: `M ${to - 5 * sign} ${level} l ${-8 * sign} -4.5 v 9 z` }),
      );
    }
    text.append(draw('text', { class: 'count', x: 22, y: y + 4, 'text-anchor': 'end' }, String(index + 1)));
    let left = at + 14;
    if (row.decides) {
      text.append(draw('rect', { class: 'card', x: at - 12, y: place.y + 3, width: column - 6, height: place.height - 8, rx: 9 }));
      text.append(draw('circle', { class: 'badge', cx: at, cy: y, r: 10.5 }), draw('text', { class: 'badge-number', x: at, y: y + 4.5, 'text-anchor': 'middle' }, String(row.decides)));
      left = at + 18;
    } else if (row.kind === 'FAULT') {
      text.append(draw('rect', { class: 'card', x: at - 10, y: place.y + 2, width: Math.min(right - at, column * 2) - 4, height: place.height - 6, rx: 7 }));
      text.append(draw('path', { class: 'flash', d: `M ${at + 2} ${y - 9} l -6 10 h 4 l -2 8 l 7 -11 h -4 l 2 -7 z` }));
    } else {
      text.append(draw('circle', { class: 'dot', cx: at, cy: y, r: row.kind === 'BEGIN' ? 5 : 3.5 }));
    }
    this.#lines(row, column).forEach((each, i) => {
      text.append(draw('text', { class: each.kind, x: left, y: y + 4 + i * LINE }, each.text));
    });
    text.append(draw('title', {}, told(this.side, index)));
    lines.append(line);
    texts.append(text);
    this.marks.set(index, [text, line]);
  }

  /** Which of the two steps comes first. @param {Element} lines @param {(lane: number) => number} x @param {number} column */
  #order(lines, x, column) {
    const two = [...this.places.keys()].filter((index) => this.side.rows[index].decides > 0);
    if (two.length !== 2) return;
    const [first, second] = two;
    const from = { x: x(this.side.rows[first].lane) + column * 0.7, y: (this.places.get(first)?.y ?? 0) + (this.places.get(first)?.height ?? 0) - 4 };
    const to = { x: x(this.side.rows[second].lane) + column * 0.7, y: (this.places.get(second)?.y ?? 0) + 2 };
    const group = draw('g', { class: 'order' });
    const turn = to.y - 12;
    const bend = Math.sign(to.x - from.x) * 6;
    group.append(
      draw('path', { d: bend ? `M ${from.x} ${from.y} V ${turn - 6} q 0 6 ${bend} 6 H ${to.x - bend} q ${bend} 0 ${bend} 6` : `M ${from.x} ${from.y} V ${to.y - 6}` }),
      draw('rect', { class: 'order-ground', x: from.x - 25, y: from.y - 8, width: 50, height: 17, rx: 8.5 }),
      draw('text', { class: 'order-word', x: from.x, y: from.y + 4.5, 'text-anchor': 'middle' }, 'before'),
      draw('path', { class: 'order-tip', d: `M ${to.x} ${to.y + 2} l -6 -10 h 12 z` }),
    );
    lines.parentElement?.append(group);
    this.marks.set(-1, [group]);
    this.orderAt = second;
  }

  /** @param {Element} texts @param {(lane: number) => number} x @param {number} bottom @param {number} right */
  #outcome(texts, x, bottom, right) {
    const group = draw('g', { class: 'outcome' });
    const room = Math.floor((right - x(this.side.rows[0]?.lane ?? 0) - 26) / 7.2);
    const words = `${this.fails ? '✗' : '✓'} ${shortened(this.end, room)}`;
    group.append(
      draw('rect', { x: 8, y: bottom - 36, width: Math.min(right - 10, words.length * 7.6 + 26), height: 30, rx: 8 }),
      draw('text', { x: 20, y: bottom - 16 }, words),
    );
    texts.append(group);
    this.ending = group;
  }

  /** @param {{ from: number, until: number, y: number, height: number }} fold */
  #fold(fold) {
    const count = fold.until - fold.from;
    const button = make('button', 'fold');
    button.setAttribute('type', 'button');
    button.textContent = count === 1 ? '1 step that has nothing to do with it' : `${count} steps that have nothing to do with it`;
    button.setAttribute('aria-label', `Show ${button.textContent}`);
    button.style.insetBlockStart = `${fold.y + 4}px`;
    button.addEventListener('click', () => {
      this.open.add(fold.from);
      this.changed();
    });
    return button;
  }

  /** Shows how far the run has come. @param {number} index @param {boolean} last */
  show(index, last) {
    for (const [each, elements] of this.marks) {
      const later = each === -1 ? (this.orderAt ?? 0) > index : each > index;
      for (const element of elements) element.classList.toggle('later', later);
    }
    this.ending?.classList.toggle('later', !last);
    const place = this.places.get(index);
    this.band?.setAttribute('y', String((place?.y ?? 0) - 1));
    this.band?.setAttribute('height', String(last ? 0 : (place?.height ?? 0)));
  }
}

/** @param {string} text @param {number} most */
function wrapped(text, most) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.slice(0, 3);
}
