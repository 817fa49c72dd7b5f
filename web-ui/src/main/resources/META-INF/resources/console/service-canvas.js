/**
 * The picture of an app: a tile per service, laid out by the server, and an edge per dependency that
 * its binary has. Narrow, the same tiles become a list. A table with the same facts stands behind it
 * for those who can't see the picture.
 *
 * @typedef {{name: string, x: number, y: number, kind: string, reach: string, digest: string}} Tile
 * @typedef {{from: string, to: string, async: boolean, points: {x: number, y: number}[]}} Edge
 * @typedef {{width: number, height: number, tileWidth: number, tileHeight: number, tiles: Tile[], edges: Edge[]}} Graph
 * @typedef {{name: string, state: string, word: string, instances: number, calls: number, errors: number,
 *   p95: string}} Figures
 * @typedef {{from: string, to: string, calls: number}} Rate calls a minute; pairs without calls are absent
 */
import { markStyles } from './state-mark.js';
import { nextTile } from './graph-walk.js';

const MARGIN = 32;
/** Room below the picture for the zoom bar and the legend. */
const FOOT = 64;
const SMALLEST = 0.15;
const LEGIBLE = 0.8;

const styles = new CSSStyleSheet();
styles.replaceSync(`
  ${markStyles}
  :host { display: block; position: relative; container-type: inline-size; min-block-size: 320px; color: var(--vaadin-text-color); }
  :host([hidden]) { display: none; }
  .view { position: absolute; inset: 0; overflow: auto; cursor: grab; overscroll-behavior: contain; }
  .view.dragging { cursor: grabbing; user-select: none; }
  .size { position: relative; margin: 0 auto; }
  .world { position: absolute; inset: 0 auto auto 0; transform-origin: 0 0; transform: scale(var(--zoom, 1)); }
  svg { position: absolute; inset: 0; overflow: visible; pointer-events: none; }
  ul { list-style: none; margin: 0; padding: 0; }
  .edge path { fill: none; stroke: var(--parigot-edge); stroke-width: 1.75; transition: opacity .12s, stroke .12s; }
  .edge .head { fill: var(--parigot-edge); stroke: none; }
  .edge.async path:not(.head) { stroke-dasharray: 6 5; }
  .edge .rate { font: 600 12px/1 inherit; fill: var(--vaadin-text-color-secondary); text-anchor: middle; dominant-baseline: central; font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--aura-app-background); stroke-width: 6px; stroke-linejoin: round; }
  .edge.near .rate { fill: var(--aura-accent-text-color); }
  .far .edge .rate { display: none; }
  .lit .edge { opacity: .18; }
  .lit .edge.near { opacity: 1; }
  .edge.near path { stroke: var(--aura-accent-text-color); stroke-width: 2.25; }
  .edge.near .head { fill: var(--aura-accent-text-color); }
  button { font: inherit; color: inherit; }
  .tile {
    position: absolute; inset: calc(var(--y) * 1px) auto auto calc(var(--x) * 1px); box-sizing: border-box;
    inline-size: calc(var(--w) * 1px); block-size: calc(var(--h) * 1px); display: grid; align-content: space-between;
    padding: 11px 14px; text-align: start; cursor: pointer; border-radius: var(--vaadin-radius-l, 12px);
    border: 1px solid var(--vaadin-border-color); background: var(--parigot-tile);
    box-shadow: var(--aura-shadow-xs); transition: opacity .12s, border-color .12s; font-size: 13px; line-height: 1.35;
  }
  .tile:hover { border-color: var(--parigot-edge); }
  .tile:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: 2px; }
  .tile[aria-pressed="true"] { border-color: var(--aura-accent-text-color); box-shadow: 0 0 0 1px var(--aura-accent-text-color); }
  .tile[data-state="failing"], .tile[data-state="stopped"] { border: 2px solid var(--parigot-failing); padding: 10px 13px; background: var(--parigot-failing-tint); }
  .lit .tile { opacity: .45; }
  .lit .tile.near { opacity: 1; }
  .row { display: flex; align-items: center; gap: 7px; min-inline-size: 0; }
  .name { font-weight: 600; font-size: 15px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .tag { margin-inline-start: auto; flex: none; font-size: 11px; padding: 0 7px; border-radius: 9px; border: 1px solid var(--vaadin-border-color); color: var(--vaadin-text-color-secondary); }
  .soft { color: var(--vaadin-text-color-secondary); }
  .figures { gap: 10px; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .errors.some { color: var(--parigot-failing-text); font-weight: 600; }
  .word { font-weight: 500; }
  [data-state="failing"] .word, [data-state="stopped"] .word { color: var(--parigot-failing-text); font-weight: 600; }
  code { font: 11px/1.3 var(--parigot-mono); color: var(--vaadin-text-color-secondary); }
  .calls-to { display: none; }
  .far .tile > :not(:first-child), .far .tag { display: none; }
  .far .tile { align-content: center; }
  .far .name { font-size: 30px; }
  .far .mark { font-size: 30px; }
  .zoom { position: absolute; inset: auto auto 12px 12px; display: flex; gap: 2px; padding: 3px; border-radius: 10px; border: 1px solid var(--vaadin-border-color); background: var(--parigot-tile); }
  .zoom button { border: 0; background: none; min-inline-size: 32px; block-size: 28px; border-radius: 7px; cursor: pointer; font-size: 13px; }
  .zoom button:hover { background: var(--vaadin-background-container); }
  .zoom button:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); }
  .legend { position: absolute; inset: auto 16px 14px auto; display: flex; gap: 16px; font-size: 12px; color: var(--vaadin-text-color-secondary); padding: 3px 8px; border-radius: 8px; background: var(--parigot-tile); }
  .legend svg { position: static; inline-size: 28px; block-size: 8px; vertical-align: middle; margin-inline-end: 5px; }
  .legend line { stroke: var(--parigot-edge); stroke-width: 2; }
  .legend .dashed { stroke-dasharray: 5 4; }
  .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .ghost { border-style: dashed; box-shadow: none; animation: breathe 1.4s ease-in-out infinite alternate; pointer-events: none; }
  @keyframes breathe { from { opacity: .35 } to { opacity: .8 } }
  @media (prefers-reduced-motion: reduce) { .ghost { animation: none } .tile, .edge path { transition: none } }
  @container (max-width: 640px) {
    .view, .world, .size, .tile { position: static; transform: none; inline-size: auto !important; block-size: auto !important; }
    .view { overflow: visible; cursor: auto; }
    .world > svg, .zoom, .legend { display: none; }
    ul { display: grid; gap: 10px; }
    .tile { inline-size: 100% !important; gap: 4px; }
    .figures { flex-wrap: wrap; }
    .calls-to { display: block; }
  }
`);

/** @param {string} tag @param {string} [name] @param {string} [text] */
function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param {string} tag @param {Record<string, string>} attributes */
function draw(tag, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** @param {Element} element @param {string} text */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {number} count @param {string} one */
const counted = (count, one) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

export class ServiceCanvas extends HTMLElement {
  /** @type {Graph | null} */ #graph = null;
  /** @type {Map<string, Figures>} */ #figures = new Map();
  /** @type {Rate[]} */ #rates = [];
  /** @type {Map<string, HTMLButtonElement>} */ #tiles = new Map();
  /** @type {Map<string, HTMLTableRowElement>} */ #rows = new Map();
  /** @type {{edge: Edge, element: SVGElement}[]} */ #edges = [];
  #selected = '';
  #zoom = 1;
  #zoomedByHand = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles];
    this.view = make('div', 'view');
    this.sized = make('div', 'size');
    this.world = make('div', 'world');
    this.wires = draw('svg', { 'aria-hidden': 'true' });
    this.list = make('ul');
    this.list.setAttribute('aria-label', 'Services; arrow keys walk the graph');
    this.world.append(this.wires, this.list);
    this.sized.append(this.world);
    this.view.append(this.sized);
    this.table = make('table');
    const behind = make('div', 'unseen');
    behind.append(this.table);
    root.append(this.view, this.#zoomBar(), this.#legend(), behind);
    this.list.addEventListener('keydown', (event) => this.#walk(event));
    this.list.addEventListener('pointerover', (event) => this.#light(this.#nameAt(event)));
    this.list.addEventListener('pointerout', () => this.#light(this.#selected));
    this.list.addEventListener('focusin', (event) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) this.#light(this.#nameAt(event));
    });
    this.list.addEventListener('focusout', () => this.#light(this.#selected));
    this.list.addEventListener('click', (event) => this.#choose(this.#nameAt(event)));
    this.view.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.view.addEventListener('pointerdown', (event) => this.#drag(event));
    new ResizeObserver(() => this.#zoomedByHand || this.fit()).observe(this.view);
  }

  connectedCallback() {
    if (!this.#graph) this.#ghosts();
  }

  /** @param {Graph | null} graph null while it is not known yet */
  set graph(graph) {
    this.#graph = graph;
    if (graph) this.#build(graph);
    else this.#ghosts();
  }

  get graph() {
    return this.#graph;
  }

  /** @param {Figures[]} figures of every service, whenever they change */
  set figures(figures) {
    this.#figures = new Map((figures ?? []).map((each) => [each.name, each]));
    for (const name of this.#tiles.keys()) this.#tell(name);
  }

  /** @param {Rate[]} rates of the calls between services, whenever they change */
  set rates(rates) {
    this.#rates = rates ?? [];
    this.#tellRates();
  }

  get rates() {
    return this.#rates;
  }

  get figures() {
    return [...this.#figures.values()];
  }

  /** @param {string} name of the service whose panel is open, or empty */
  set selected(name) {
    this.#selected = name ?? '';
    for (const [each, tile] of this.#tiles) tile.setAttribute('aria-pressed', String(each === this.#selected));
    this.#light(this.#selected);
    this.#reveal(this.#selected);
  }

  get selected() {
    return this.#selected;
  }

  /** Shows the whole picture, as long as it stays legible. */
  fit() {
    if (!this.#graph) return;
    const { width, height } = this.#graph;
    const room = this.view.getBoundingClientRect();
    const scale = Math.min(1, (room.width - 2 * MARGIN) / width, (room.height - MARGIN - FOOT) / height);
    this.#setZoom(this.#zoomedByHand ? scale : Math.max(scale, LEGIBLE));
  }

  /** @param {number} zoom */
  #setZoom(zoom) {
    if (!this.#graph) return;
    this.#zoom = Math.min(2, Math.max(SMALLEST, zoom));
    const { width, height } = this.#graph;
    const room = this.view.getBoundingClientRect();
    const [w, h] = [width * this.#zoom + 2 * MARGIN, height * this.#zoom + MARGIN + FOOT];
    this.sized.style.inlineSize = `${Math.max(w, room.width - 1)}px`;
    this.sized.style.blockSize = `${Math.max(h, room.height - 1)}px`;
    this.world.style.setProperty('--zoom', String(this.#zoom));
    this.world.style.left = `${Math.max(MARGIN, (room.width - width * this.#zoom) / 2)}px`;
    this.world.style.top = `${Math.max(MARGIN, (room.height - FOOT + MARGIN - height * this.#zoom) / 2)}px`;
    this.world.classList.toggle('far', this.#zoom < 0.5);
    say(this.percent, `${Math.round(this.#zoom * 100)} %`);
  }

  /** @param {number} factor */
  #zoomBy(factor) {
    this.#zoomedByHand = true;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.view;
    const before = this.#zoom;
    this.#setZoom(this.#zoom * factor);
    const ratio = this.#zoom / before;
    this.view.scrollTo((scrollLeft + clientWidth / 2) * ratio - clientWidth / 2, (scrollTop + clientHeight / 2) * ratio - clientHeight / 2);
  }

  #zoomBar() {
    const bar = make('div', 'zoom');
    bar.setAttribute('role', 'group');
    bar.setAttribute('aria-label', 'Zoom');
    /** @param {string} sign @param {string} label @param {() => void} act */
    const add = (sign, label, act) => {
      const button = make('button', '', sign);
      button.setAttribute('aria-label', label);
      button.title = label;
      button.addEventListener('click', act);
      bar.append(button);
      return button;
    };
    add('−', 'Zoom out', () => this.#zoomBy(0.8));
    this.percent = make('span', 'unseen', '100 %');
    add('+', 'Zoom in', () => this.#zoomBy(1.25));
    add('Fit', 'Fit the whole picture', () => {
      this.#zoomedByHand = true;
      this.fit();
      this.#zoomedByHand = false;
    });
    bar.append(this.percent);
    return bar;
  }

  #legend() {
    const legend = make('div', 'legend');
    legend.setAttribute('aria-hidden', 'true');
    for (const [name, text] of [['', 'calls and waits'], ['dashed', 'starts, does not wait']]) {
      const line = draw('svg', { viewBox: '0 0 28 8' });
      line.append(draw('line', { x1: '0', y1: '4', x2: '28', y2: '4', class: name }));
      const part = make('span');
      part.append(line, text);
      legend.append(part);
    }
    this.legend = legend;
    return legend;
  }

  #ghosts() {
    this.#tiles.clear();
    this.#edges = [];
    this.wires.replaceChildren();
    this.list.replaceChildren();
    this.table.replaceChildren();
    this.setAttribute('aria-busy', 'true');
    [[24, 24], [324, 24], [324, 160]].forEach(([x, y]) => {
      const item = make('li');
      const ghost = make('div', 'tile ghost');
      ghost.style.cssText = `--x:${x};--y:${y};--w:240;--h:112`;
      item.append(ghost);
      this.list.append(item);
    });
  }

  /** @param {Graph} graph */
  #build(graph) {
    const focused = this.shadowRoot?.activeElement instanceof HTMLButtonElement ? this.shadowRoot.activeElement.dataset.service : undefined;
    this.removeAttribute('aria-busy');
    this.#tiles.clear();
    this.world.style.inlineSize = `${graph.width}px`;
    this.world.style.blockSize = `${graph.height}px`;
    this.wires.setAttribute('width', String(graph.width));
    this.wires.setAttribute('height', String(graph.height));
    this.#edges = graph.edges.map((edge) => ({ edge, element: this.#wire(edge, graph) }));
    this.wires.replaceChildren(...this.#edges.map(({ element }) => element));
    this.list.replaceChildren(...graph.tiles.map((tile) => this.#tile(tile, graph)));
    this.#tabulate(graph);
    this.legend.hidden = graph.edges.length === 0;
    for (const name of this.#tiles.keys()) this.#tell(name);
    this.#tellRates();
    this.selected = this.#selected;
    this.#rove(focused ?? this.#selected);
    if (focused) this.#tiles.get(focused)?.focus();
    if (!this.#zoomedByHand) this.fit();
    this.#begin(graph);
  }

  /** A picture that does not fit is shown from where it fails or begins. @param {Graph} graph */
  #begin(graph) {
    const failing = [...this.#figures.values()].find((each) => each.state === 'failing')?.name;
    const first = graph.tiles.find((tile) => tile.reach)?.name;
    this.#reveal(this.#selected || failing || first || '');
  }

  /** @param {Edge} edge @param {Graph} graph */
  #wire(edge, graph) {
    const group = draw('g', { class: edge.async ? 'edge async' : 'edge' });
    const points = edge.points;
    if (points.length < 2) {
      const tile = graph.tiles.find((each) => each.name === edge.from);
      const [x, y] = [(tile?.x ?? 0) + graph.tileWidth - 60, tile?.y ?? 0];
      group.append(draw('path', { d: `M ${x} ${y} C ${x} ${y - 30}, ${x + 36} ${y - 30}, ${x + 36} ${y}` }));
      group.append(draw('path', { class: 'head', d: `M ${x + 36} ${y} l -5 -9 l 10 0 z` }));
      return group;
    }
    const sign = Math.sign(points[1].x - points[0].x);
    const end = points[points.length - 1];
    let d = `M ${points[0].x} ${points[0].y}`;
    for (let i = 1; i < points.length; i++) {
      const [p, q] = [points[i - 1], points[i]];
      const middle = (p.x + q.x) / 2;
      d += ` C ${middle} ${p.y}, ${middle} ${q.y}, ${q.x} ${q.y}`;
    }
    group.append(draw('path', { d }));
    group.append(draw('path', { class: 'head', d: `M ${end.x} ${end.y} l ${-9 * sign} -5 l 0 10 z` }));
    const [p, q] = [points[points.length - 2], end];
    group.append(draw('text', { class: 'rate', x: String((p.x + q.x) / 2), y: String((p.y + q.y) / 2) }));
    return group;
  }

  /** @param {Tile} tile @param {Graph} graph */
  #tile(tile, graph) {
    const item = make('li');
    const button = /** @type {HTMLButtonElement} */ (make('button', 'tile'));
    button.type = 'button';
    button.id = `tile-${tile.name}`;
    button.dataset.service = tile.name;
    button.tabIndex = -1;
    button.setAttribute('aria-pressed', 'false');
    button.style.cssText = `--x:${tile.x};--y:${tile.y};--w:${graph.tileWidth};--h:${graph.tileHeight}`;
    const head = make('span', 'row');
    head.append(make('span', 'mark'), make('span', 'name', tile.name));
    if (tile.reach) head.append(make('span', 'tag', tile.reach));
    const state = make('span', 'row');
    state.append(make('span', 'word'), make('span', 'instances soft'));
    const figures = make('span', 'row figures');
    figures.append(make('span', 'calls'), make('span', 'errors'), make('span', 'p95 soft'));
    const foot = make('span', 'row');
    foot.append(make('code', '', tile.digest));
    if (tile.kind !== 'service') foot.append(make('span', 'tag', tile.kind));
    const callees = this.#neighbours(tile.name).callees;
    button.append(head, ' ', state, ' ', figures, ' ', foot);
    if (callees.length) button.append(' ', make('span', 'calls-to soft'));
    item.append(button);
    this.#tiles.set(tile.name, button);
    return item;
  }

  /** @param {Graph} graph */
  #tabulate(graph) {
    this.#rows.clear();
    const columns = ['Service', 'State', 'Instances', 'Calls a minute', 'Errors a minute', '95 of 100 calls end within', 'Reach', 'Calls', 'Called by', 'Digest'];
    const head = make('tr');
    head.append(...columns.map((column) => {
      const cell = make('th', '', column);
      cell.setAttribute('scope', 'col');
      return cell;
    }));
    const header = make('thead');
    header.append(head);
    const body = make('tbody');
    for (const tile of graph.tiles) {
      const { callers, callees } = this.#neighbours(tile.name);
      const row = /** @type {HTMLTableRowElement} */ (make('tr'));
      const name = make('th', '', tile.name);
      name.setAttribute('scope', 'row');
      row.append(name, ...['', '', '', '', ''].map(() => make('td')));
      row.append(make('td', '', tile.reach || 'private'), make('td', 'callees', callees.join(', ') || 'none'), make('td', '', callers.join(', ') || 'none'), make('td', '', tile.digest));
      body.append(row);
      this.#rows.set(tile.name, row);
    }
    this.table.replaceChildren(make('caption', '', 'Services'), header, body);
  }

  /** @param {string} name */
  #tell(name) {
    const tile = this.#tiles.get(name);
    const figures = this.#figures.get(name);
    if (!tile || !figures) return;
    const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (tile.querySelector(selector));
    if (tile.dataset.state !== figures.state) {
      tile.dataset.state = figures.state;
      part('.mark').dataset.state = figures.state;
    }
    say(part('.word'), figures.word);
    say(part('.instances'), counted(figures.instances, 'instance'));
    say(part('.calls'), `${figures.calls.toLocaleString('en')} calls/min`);
    say(part('.errors'), counted(figures.errors, 'error'));
    part('.errors').classList.toggle('some', figures.errors > 0);
    say(part('.p95'), figures.p95 ? `p95 ${figures.p95}` : '');
    const cells = this.#rows.get(name)?.cells;
    if (!cells) return;
    [figures.word, figures.instances, figures.calls, figures.errors, figures.p95 || 'no calls'].forEach((value, i) => say(cells[i + 1], String(value)));
  }

  /** Two edges of one pair share its rate, which stands on the first of them. */
  #tellRates() {
    const rates = new Map(this.#rates.map(({ from, to, calls }) => [`${from} ${to}`, calls]));
    const told = new Set();
    for (const { edge, element } of this.#edges) {
      const pair = `${edge.from} ${edge.to}`;
      const label = element.querySelector('.rate');
      if (label) say(label, rates.has(pair) && !told.has(pair) ? `${rates.get(pair)?.toLocaleString('en')}/min` : '');
      told.add(pair);
    }
    for (const [name, tile] of this.#tiles) {
      const callees = this.#neighbours(name).callees.map((callee) => {
        const calls = rates.get(`${name} ${callee}`);
        return calls ? `${callee} (${calls.toLocaleString('en')}/min)` : callee;
      });
      const line = tile.querySelector('.calls-to');
      if (line) say(line, `Calls ${callees.join(', ')}`);
      const cell = this.#rows.get(name)?.querySelector('.callees');
      if (cell) say(cell, callees.join(', ') || 'none');
    }
  }

  /** @param {string} name */
  #neighbours(name) {
    const edges = this.#graph?.edges ?? [];
    const callers = [...new Set(edges.filter((each) => each.to === name).map((each) => each.from))];
    const callees = [...new Set(edges.filter((each) => each.from === name).map((each) => each.to))];
    return { callers, callees };
  }

  /** @param {string} name */
  #light(name) {
    this.world.classList.toggle('lit', Boolean(name) && name !== this.#selected && this.#tiles.has(name));
    const { callers, callees } = this.#neighbours(name);
    const near = new Set([name, ...callers, ...callees]);
    for (const [each, tile] of this.#tiles) tile.classList.toggle('near', near.has(each));
    for (const { edge, element } of this.#edges) element.classList.toggle('near', edge.from === name || edge.to === name);
  }

  /** @param {Event} event */
  #nameAt(event) {
    const tile = event.target instanceof Element ? event.target.closest('.tile') : null;
    return tile instanceof HTMLElement ? tile.dataset.service ?? '' : '';
  }

  /** @param {string} name */
  #choose(name) {
    if (!name) return;
    this.dispatchEvent(new CustomEvent('service-select', { detail: { name: name === this.#selected ? '' : name } }));
    this.#rove(name);
  }

  /** Only one tile is in the tab order: arrows go to the others. @param {string} [name] */
  #rove(name) {
    const first = this.#tiles.keys().next().value;
    const chosen = name && this.#tiles.has(name) ? name : first;
    for (const [each, tile] of this.#tiles) tile.tabIndex = each === chosen ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const from = this.#nameAt(event);
    if (!this.#graph || !from || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && this.#selected) {
      this.dispatchEvent(new CustomEvent('service-select', { detail: { name: '' } }));
      return;
    }
    const to = nextTile(this.#graph, from, event.key);
    if (!to) return;
    event.preventDefault();
    this.#rove(to);
    this.#tiles.get(to)?.focus();
  }

  /** Brings a tile that is out of sight to the middle of the view. @param {string} name */
  #reveal(name) {
    requestAnimationFrame(() => {
      const tile = this.#tiles.get(name)?.getBoundingClientRect();
      const view = this.view.getBoundingClientRect();
      if (!tile || (tile.left >= view.left && tile.right <= view.right && tile.top >= view.top && tile.bottom <= view.bottom)) return;
      this.view.scrollBy((tile.left + tile.right - view.left - view.right) / 2, (tile.top + tile.bottom - view.top - view.bottom) / 2);
    });
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  }

  /** Moves the picture by its ground. @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0 || event.pointerType !== 'mouse' || this.#nameAt(event)) return;
    const { view } = this;
    const start = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
    const move = (/** @type {PointerEvent} */ e) => view.scrollTo(start.x - e.clientX, start.y - e.clientY);
    const end = () => {
      view.classList.remove('dragging');
      window.removeEventListener('pointermove', move);
    };
    view.classList.add('dragging');
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end, { once: true });
  }
}

customElements.define('parigot-service-canvas', ServiceCanvas);
