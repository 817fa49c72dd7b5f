/**
 * How a test fails: the run that fails beside one that passes, as sequence diagrams with a scrubber through their
 * steps. Used by the console, and by the page that is shared, which has both scripts as one.
 *
 * @import { Picture, Row, Side } from './failure-story.js'
 */
import { consequence, numbered, shortened, shortenedKey, shown, stateAfter, told } from './failure-story.js';

const SVG = 'http://www.w3.org/2000/svg';
const GUTTER = 30;
const HEAD = 42;
const LINE = 16;
const CHARACTER = 6.5;
const MONO = 6.9;

const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host { display: block; color: var(--vaadin-text-color, CanvasText); font-size: 15px; line-height: 1.45; container-type: inline-size;
    --bad: var(--parigot-failing, light-dark(#c62828, #f0665e)); --bad-text: var(--parigot-failing-text, light-dark(#a81d1d, #ff8f87)); --bad-tint: var(--parigot-failing-tint, light-dark(#fdf1f0, #321d20));
    --good: var(--parigot-live, light-dark(#14804a, #3fc380)); --good-text: var(--parigot-live-text, light-dark(#0e6b3c, #5ad696)); --good-tint: light-dark(#eef8f2, #16291f);
    --tile: var(--parigot-tile, light-dark(#fff, #1c1f26)); --line: var(--vaadin-border-color, light-dark(#d5d9e0, #3a3f4a)); --soft: var(--vaadin-text-color-secondary, light-dark(#555d6b, #a9b0bd));
    --arrow: var(--parigot-edge, light-dark(#6f7888, #8d95a4)); --now: light-dark(#fff3c4, #4a3c08); --mono: var(--parigot-mono, ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace); }
  :host([hidden]) { display: none; }
  * { box-sizing: border-box; }
  code { font-family: var(--mono); font-size: .9em; overflow-wrap: anywhere; }
  .soft { color: var(--soft); }
  .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .verdict { border-inline-start: 6px solid var(--bad); padding: 4px 0 4px 20px; }
  .sentence { font-size: clamp(21px, 3.1cqi, 32px); line-height: 1.28; font-weight: 650; letter-spacing: -.01em; margin: 0; max-inline-size: 34em; text-wrap: pretty; }
  .sentence code { font-size: .88em; font-weight: 600; padding: .06em .3em; border-radius: .3em; background: var(--vaadin-background-container, light-dark(#eceff3, #2a2e37)); overflow-wrap: normal; }
  .so { font-size: clamp(17px, 2cqi, 20px); margin: 10px 0 0; }
  .so .badge { font-size: .8em; }
  .badge { display: inline-grid; place-items: center; inline-size: 1.4em; block-size: 1.4em; border-radius: 50%; background: light-dark(#22262e, #f2f4f8); color: light-dark(#fff, #14161b); font: 700 .68em/1 system-ui, sans-serif; vertical-align: .16em; }
  .verdict-facts { display: flex; flex-wrap: wrap; gap: 10px 28px; margin: 16px 0 0; }
  .verdict-facts dt { font-size: 13px; color: var(--soft); }
  .verdict-facts dd { margin: 0; overflow-wrap: anywhere; }
  .verdict-facts .big dd { font-size: 19px; font-weight: 650; }
  .verdict-facts .good dd { color: var(--good-text); }
  .verdict-facts .bad dd { color: var(--bad-text); }
  .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 18px; margin-block: 26px 14px; align-items: start; }
  .sides.alone { grid-template-columns: 1fr; }
  .side { min-inline-size: 0; background: var(--tile); border: 1px solid var(--line); border-block-start: 4px solid var(--good); border-radius: 12px; padding: 12px 10px 10px; }
  .side.failing { border-block-start-color: var(--bad); }
  .side h3 { margin: 0 0 6px 4px; font-size: 17px; font-weight: 650; color: var(--good-text); display: flex; gap: 8px; align-items: baseline; }
  .side.failing h3 { color: var(--bad-text); }
  .view { overflow: auto; border-radius: 8px; }
  .view:focus-visible, .state-after:focus-visible, button:focus-visible, input:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color, #2f6fe0); outline-offset: 2px; }
  .lanes { position: relative; inline-size: var(--width); }
  svg { display: block; font-family: inherit; font-size: 12.5px; cursor: default; }
  svg text { fill: var(--vaadin-text-color, CanvasText); }
  .life { stroke: var(--line); stroke-width: 1.5; }
  .head rect { fill: var(--vaadin-background-container, light-dark(#eceff3, #2a2e37)); stroke: var(--hue); stroke-width: 1.5; }
  .head text { font-weight: 650; font-size: 13px; }
  .head .number { fill: var(--soft); font-weight: 500; }
  .bar { fill: color-mix(in srgb, var(--hue) 34%, var(--tile)); }
  .hue-0 { --hue: var(--parigot-hue-0, light-dark(#1d5fbf, #7db1ff)); } .hue-1 { --hue: var(--parigot-hue-1, light-dark(#8a3fb5, #d29bf5)); }
  .hue-2 { --hue: var(--parigot-hue-2, light-dark(#0b7285, #5fd0e0)); } .hue-3 { --hue: var(--parigot-hue-3, light-dark(#9a4f00, #f0b36b)); }
  .hue-4 { --hue: var(--parigot-hue-4, light-dark(#2b7a2b, #7fd27f)); } .hue-5 { --hue: var(--parigot-hue-5, light-dark(#b0256f, #ff94c6)); }
  .hue-6 { --hue: var(--parigot-hue-6, light-dark(#5a5fcf, #a9adff)); } .hue-7 { --hue: var(--parigot-hue-7, light-dark(#5f6b1f, #c3d06f)); }
  .dot { fill: var(--tile); stroke: var(--arrow); stroke-width: 2; }
  .begin .dot { stroke: var(--vaadin-text-color, CanvasText); }
  .count { font-size: 11px; fill: var(--soft); font-variant-numeric: tabular-nums; }
  .step .name { font-weight: 650; }
  .step .key, .step .value { font-family: var(--mono); font-size: 11.5px; }
  .wait .words, .other .words, .aside text, .begin.aside .name { fill: var(--soft); }
  .arrow { fill: none; stroke: var(--arrow); stroke-width: 1.6; stroke-linejoin: round; }
  .arrow.back { stroke-dasharray: 4 4; stroke-width: 1.3; }
  .tip { fill: var(--arrow); }
  .card { fill: var(--good-tint); stroke: var(--good); stroke-width: 2; }
  .failing .card { fill: var(--bad-tint); stroke: var(--bad); }
  .step .card ~ .words, .step .card ~ .key { font-weight: 650; }
  .step .card ~ .words { font-size: 13px; }
  circle.badge { fill: light-dark(#22262e, #f2f4f8); }
  .badge-number { fill: light-dark(#fff, #14161b) !important; font-weight: 700; font-size: 12.5px; }
  .fault .card { fill: var(--now); stroke: var(--parigot-starting, #a86200); stroke-width: 1.5; }
  .flash { fill: var(--parigot-starting, #a86200); }
  .order path { fill: none; stroke: var(--good); stroke-width: 3; }
  .failing .order path { stroke: var(--bad); }
  .order-ground { fill: var(--tile); stroke: var(--good); stroke-width: 1.5; }
  .failing .order-ground { stroke: var(--bad); }
  .order-word { font-size: 11.5px; font-weight: 650; }
  .order path.order-tip { fill: var(--good); stroke: none; }
  .failing .order path.order-tip { fill: var(--bad); }
  .divider { stroke: var(--arrow); stroke-width: 1; stroke-dasharray: 2 4; }
  .divider-ground { fill: var(--tile); stroke: var(--line); }
  .divider-words { font-size: 11.5px; fill: var(--soft) !important; }
  .outcome rect { fill: var(--good-tint); stroke: var(--good); stroke-width: 1.5; }
  .failing .outcome rect { fill: var(--bad-tint); stroke: var(--bad); }
  .outcome text { font-weight: 650; font-size: 13.5px; fill: var(--good-text); }
  .failing .outcome text { fill: var(--bad-text); }
  .later { opacity: .22; }
  .band { fill: var(--now); opacity: .75; }
  .fold { position: absolute; inset-inline: 34px 8px; block-size: 26px; font: inherit; font-size: 12.5px; color: var(--soft); background: var(--tile); border: 1px dashed var(--line); border-radius: 13px; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .fold::before { content: "⋯ "; }
  .fold:hover { color: inherit; border-color: var(--arrow); }
  .scrub { position: sticky; inset-block-end: 0; z-index: 2; background: var(--tile); border: 1px solid var(--line); border-radius: 12px; padding: 10px 14px 12px; box-shadow: 0 -6px 18px light-dark(#0000000f, #00000059); }
  .scrub-line { display: flex; align-items: center; gap: 10px; }
  .scrub input { flex: 1; min-inline-size: 80px; block-size: 28px; accent-color: var(--aura-accent-color, #2f6fe0); }
  .plain { font: inherit; color: inherit; min-inline-size: 34px; min-block-size: 32px; padding: 0 8px; border: 1px solid var(--line); border-radius: 8px; background: var(--tile); cursor: pointer; }
  .plain:hover { border-color: var(--arrow); }
  .states { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 22px; margin-block-start: 8px; }
  .states > :only-child { grid-column: 1 / -1; }
  .state-after { min-inline-size: 0; max-block-size: 5.6em; overflow: auto; }
  .now { margin: 0 0 4px; font-size: 14px; overflow-wrap: anywhere; }
  .sign { color: var(--good-text); font-weight: 700; margin-inline-end: 6px; }
  .failing .sign { color: var(--bad-text); }
  table { border-collapse: collapse; inline-size: 100%; font-size: 13.5px; }
  th, td { text-align: start; font-weight: 400; padding: 3px 8px; vertical-align: baseline; }
  th { inline-size: 1%; white-space: nowrap; max-inline-size: 45cqi; overflow: hidden; text-overflow: ellipsis; }
  td { overflow-wrap: anywhere; }
  tr.changed, li.changed { background: var(--now); }
  .mark-word { margin-inline-start: 8px; font-size: 12px; font-weight: 650; }
  .log { list-style: none; margin: 6px 0 0; padding: 0; font: 12px/1.5 var(--mono); overflow-wrap: anywhere; }
  .log li { padding: 0 8px; }
  .tables { margin-block-start: 14px; }
  .tables summary { cursor: pointer; padding: 6px 2px; color: var(--soft); }
  summary:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color, #2f6fe0); outline-offset: 2px; }
  .tables .view { background: var(--tile); border: 1px solid var(--line); padding: 10px 14px; margin-block-start: 8px; }
  .sequence caption { text-align: start; font-weight: 650; padding: 4px 8px; }
  .sequence th { color: var(--soft); }
  .sequence .decisive { background: var(--now); font-weight: 600; }
  @container (max-width: 860px) {
    .sides, .states { grid-template-columns: 1fr; }
    .side { padding: 10px 4px 8px; }
    .scrub { padding: 8px 10px; }
    .state-after { max-block-size: 4.6em; }
    .log { display: none; }
  }
  @media (max-height: 620px) { .scrub { position: static; } }
`);

/** @param {string} tag @param {Record<string, string | number>} [attributes] @param {string} [text] */
function draw(tag, attributes = {}, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param {string} tag @param {string} [kind] @param {string} [text] */
function make(tag, kind = '', text) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Text with what is in backticks as code. @param {string} text @param {Element} into */
function spell(text, into) {
  text.split('`').forEach((part, i) => {
    for (const [j, piece] of part.split(/([①②])/).entries()) {
      if (j % 2 === 1) into.append(badge(piece === '①' ? 1 : 2));
      else if (piece) into.append(i % 2 === 1 ? make('code', '', piece) : piece);
    }
  });
}

/** @param {number} number */
function badge(number) {
  return make('span', 'badge', String(number));
}

/** One run as a diagram. */
class Diagram {
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
    this.#root.replaceChildren(verdict, sides, this.bar, this.#tables());
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
    } else add('The test said', failure, 'big bad');
    add('Test', test);
    if (place) add('Line', place);
    return list;
  }

  /** @param {Side} side @param {boolean} fails */
  #side(side, fails) {
    const section = make('section', fails ? 'side failing' : 'side passing');
    const title = make('h3');
    const words = fails ? (this.picture.passing ? 'So it fails' : 'What happened') : 'The other way round it passes';
    title.append(make('span', 'sign', fails ? '✗' : '✓'), words);
    const diagram = new Diagram(side, fails, this.picture.common, () => this.#relay(), (row) => this.#go(diagram, row));
    diagram.passingBeside = Boolean(this.picture.passing);
    const { expected, got } = this.picture;
    if (fails) diagram.end = expected !== null && got !== null ? `expected ${expected}, got ${got}` : this.picture.failure;
    else diagram.end = 'the test passes';
    this.#diagrams.push(diagram);
    const view = make('div', 'view');
    view.tabIndex = 0;
    view.setAttribute('role', 'region');
    view.setAttribute('aria-label', fails ? 'Picture of the run that fails; it is told as a table below' : 'Picture of the run that passes; it is told as a table below');
    view.append(diagram.box);
    section.append(title, view);
    if (side.steps > side.rows.length) section.append(make('p', 'soft', `The first ${side.rows.length} of ${side.steps} steps.`));
    return section;
  }

  /** The same for those who read rather than look. */
  #tables() {
    const details = make('details', 'tables');
    details.append(make('summary', '', 'The steps as a table'));
    const { failing, passing } = this.picture;
    details.append(this.#table(failing, passing ? 'The order that fails' : 'What happened'));
    if (passing) details.append(this.#table(passing, 'The same the other way round, which passes'));
    return details;
  }

  /** @param {Side} side @param {string} caption */
  #table(side, caption) {
    const view = make('div', 'view');
    view.tabIndex = 0;
    view.setAttribute('role', 'region');
    view.setAttribute('aria-label', caption);
    const table = make('table', 'sequence');
    const head = make('tr');
    for (const name of ['Step', 'Who', 'What', 'Value', 'Decides']) {
      const cell = make('th', '', name);
      cell.setAttribute('scope', 'col');
      head.append(cell);
    }
    const header = make('thead');
    header.append(head);
    const body = make('tbody');
    side.rows.forEach((row, i) => {
      const line = make('tr', row.decides ? 'decisive' : '');
      const value = make('td');
      if (row.value !== null) value.append(make('code', '', shortened(row.value, 200)));
      line.append(
        make('td', '', String(i + 1)),
        make('td', '', side.lanes[row.lane].name),
        make('td', '', `${row.text} ${row.key}`.trim()),
        value,
        make('td', '', row.decides ? `${row.decides} of the two` : ''),
      );
      body.append(line);
    });
    table.append(make('caption', '', caption), header, body);
    view.append(table);
    return view;
  }

  #scrubber() {
    const bar = make('div', 'scrub');
    const back = this.#button('◀', 'One step back', () => this.#move(this.#at - 1));
    const on = this.#button('▶', 'One step on', () => this.#move(this.#at + 1));
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
        const jump = this.#button('', `Go to step ${number} of the two that decide`, () => this.#go(this.#diagrams[0], this.picture.failing.rows.findIndex((row) => row.decides === number)));
        jump.append(badge(number));
        line.append(jump);
      }
    }
    this.states = make('div', 'states');
    bar.append(line, this.states);
    return bar;
  }

  /** @param {string} text @param {string} label @param {() => void} action */
  #button(text, label, action) {
    const button = make('button', 'plain', text);
    button.setAttribute('type', 'button');
    button.setAttribute('aria-label', label);
    button.title = label;
    button.addEventListener('click', action);
    return button;
  }

  #lay() {
    if (!this.#picture || !this.isConnected || this.#width === this.clientWidth) return;
    this.#width = this.clientWidth;
    this.#relay();
  }

  #relay() {
    const fresh = this.#steps === 0;
    for (const diagram of this.#diagrams) {
      diagram.lay((diagram.box.parentElement?.clientWidth ?? 500) - 2);
    }
    const before = this.#steps;
    this.#steps = Math.max(...this.#diagrams.map((diagram) => diagram.visible.length));
    if (this.range) this.range.max = String(this.#steps - 1);
    this.#move(fresh || this.#at >= before - 1 ? this.#steps - 1 : this.#at);
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
      return this.#state(diagram, index);
    });
    this.states?.replaceChildren(...states);
    const [first] = this.#diagrams;
    const index = first.visible[Math.min(this.#at, first.visible.length - 1)] ?? 0;
    this.range?.setAttribute('aria-valuetext', `Step ${index + 1}: ${told(first.side, index)}`);
  }

  /** @param {Diagram} diagram @param {number} index */
  #state(diagram, index) {
    const { side, fails } = diagram;
    const row = side.rows[index];
    const state = stateAfter(side, index);
    const box = make('div', fails ? 'state-after failing' : 'state-after passing');
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', fails ? 'After this step of the run that fails' : 'After this step of the run that passes');
    const now = make('p', 'now');
    now.append(make('span', 'sign', fails ? '✗' : '✓'), make('strong', '', `Step ${index + 1}`), ' ', told(side, index));
    box.append(now);
    const changed = new Set(row?.changes.map((change) => change.key));
    const touched = row && row.kind === 'READ' ? row.key : '';
    const table = make('table');
    const body = make('tbody');
    const about = new Set(side.rows.filter((each) => each.decides).map((each) => each.key));
    const rank = (/** @type {string} */ key) => (changed.has(key) || key === touched ? 0 : about.has(key) ? 1 : 2);
    for (const [key, value] of [...state.store].sort(([a], [b]) => rank(a) - rank(b))) {
      const line = make('tr', changed.has(key) ? 'changed' : key === touched ? 'touched' : '');
      const name = make('th');
      name.setAttribute('scope', 'row');
      name.append(make('code', '', key));
      const cell = make('td');
      cell.append(make('code', '', shortened(value, 200)));
      if (changed.has(key)) cell.append(make('span', 'mark-word', 'written now'));
      else if (key === touched) cell.append(make('span', 'mark-word', 'read now'));
      line.append(name, cell);
      body.append(line);
    }
    for (const change of row?.changes ?? []) {
      if (change.value === null) {
        const line = make('tr', 'changed');
        const name = make('th');
        name.append(make('code', '', change.key));
        line.append(name, make('td', '', 'deleted now'));
        body.append(line);
      }
    }
    const moved = new Set(row?.messages.map((message) => message.number));
    for (const message of state.messages) {
      if (message.place === 'delivered' && !moved.has(message.number)) continue;
      const line = make('tr', moved.has(message.number) ? 'changed' : '');
      const name = make('th');
      name.setAttribute('scope', 'row');
      name.append('queue ', make('code', '', message.queue));
      const cell = make('td');
      cell.append(make('code', '', shortened(message.text, 80)), make('span', 'mark-word', message.place));
      line.append(name, cell);
      body.append(line);
    }
    if (!body.childElementCount) {
      const line = make('tr');
      const cell = make('td', 'soft', 'The store and the queues are empty.');
      line.append(cell);
      body.append(line);
    }
    table.append(make('caption', 'unseen', 'Store and queues after this step'), body);
    box.append(table);
    if (state.log.length) {
      const log = make('ol', 'log');
      log.setAttribute('aria-label', 'Log');
      for (const { line, now: fresh } of state.log.slice(-4)) log.append(make('li', fresh ? 'changed' : '', shortened(line, 160)));
      box.append(log);
    }
    return box;
  }
}

customElements.define('parigot-failure', FailurePicture);
