import { clock } from './time-words.js';

/**
 * What a service had to do, as three charts under one another that share their time: calls at once
 * beside the instances for them, calls a second, and cores. A table of the minutes says the same.
 *
 * @typedef {object} Load
 * @property {number} start of the first step, in seconds since 1970
 * @property {number} step in seconds
 * @property {number[]} running calls in an instance at once
 * @property {number[]} waiting calls that waited at once
 * @property {number[]} waits milliseconds that 95 of 100 of them waited at most
 * @property {number[]} instances
 * @property {number[]} calls a second
 * @property {number[]} errors a second
 * @property {number[]} cores
 */

/** The library that draws, a script and no module. @type {Promise<any>} */
const library = new Promise((resolve, reject) => {
  const script = document.createElement('script');
  script.src = new URL('uplot.min.js', import.meta.url).href;
  script.onload = () => resolve(/** @type {any} */ (window).uPlot);
  script.onerror = reject;
  document.head.append(script);
});

const HEIGHT = 104;
const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host { display: flex; flex-direction: column; gap: 14px; min-inline-size: 0; }
  figure { margin: 0; min-inline-size: 0; }
  figcaption { font-size: 13px; color: var(--vaadin-text-color-secondary); margin-block-end: 2px; }
  .none { color: var(--vaadin-text-color-secondary); font-size: 14px; margin: 0; }
  [hidden] { display: none; }
  .u-wrap { position: relative; user-select: none; }
  .u-over, .u-under, .u-axis { position: absolute; }
  .u-under { overflow: hidden; }
  canvas { display: block; position: relative; inline-size: 100%; block-size: 100%; }
  .u-cursor-x, .u-cursor-y { position: absolute; inset: 0 auto auto 0; pointer-events: none; }
  .u-cursor-x { block-size: 100%; border-inline-end: 1px dashed var(--parigot-edge); }
  .u-cursor-y, .u-select, .u-off { display: none; }
  .u-cursor-pt { position: absolute; inset: 0 auto auto 0; border-radius: 50%; pointer-events: none; }
  .u-legend { font-size: 12.5px; border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .u-legend tr { display: inline-flex; align-items: center; margin-inline-end: 14px; }
  .u-legend th { font-weight: 500; text-align: start; display: inline-flex; align-items: center; gap: 5px; padding: 0; }
  .u-legend td { padding: 0 0 0 5px; min-inline-size: 2.2em; }
  .u-marker { inline-size: 14px; block-size: 0; border-block-start-width: 2.5px !important; border-inline: 0 !important; border-block-end: 0 !important; }
  summary { cursor: pointer; font-size: 13px; inline-size: fit-content; border-radius: 4px; }
  summary:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: 2px; }
  .scroller { overflow: auto; max-block-size: 260px; margin-block-start: 6px; }
  .minutes { border-collapse: collapse; font-size: 12.5px; font-variant-numeric: tabular-nums; inline-size: 100%; }
  .minutes th, .minutes td { text-align: end; padding: 3px 0 3px 10px; font-weight: 400; border-block-start: 1px solid var(--vaadin-border-color-secondary); white-space: nowrap; }
  .minutes :is(th, td):first-child { text-align: start; padding-inline-start: 0; }
  .minutes thead th { color: var(--vaadin-text-color-secondary); border: 0; white-space: normal; vertical-align: bottom; }
`);

/** The charts: a caption, and what each line is of. Lines differ in colour and in dashes. */
const CHARTS = [
  {
    caption: 'Calls at once, and instances for them',
    lines: [
      { of: 'running', label: 'running', colour: '--parigot-hue-0', filled: true },
      { of: 'waiting', label: 'waiting', colour: '--parigot-hue-3', dash: [6, 3] },
      { of: 'instances', label: 'instances', colour: '--parigot-idle', stepped: true },
    ],
  },
  {
    caption: 'Calls a second',
    lines: [
      { of: 'calls', label: 'calls', colour: '--parigot-hue-0', filled: true },
      { of: 'errors', label: 'errors', colour: '--parigot-failing', dash: [6, 3] },
    ],
  },
  {
    caption: 'Cores that its code takes',
    lines: [{ of: 'cores', label: 'cores', colour: '--parigot-hue-2', filled: true }],
  },
];

class LoadChart extends HTMLElement {
  /** @type {Load | null} */
  #load = null;
  /** @type {{plot: any, lines: {of: string}[]}[]} */
  #plots = [];
  #charts = document.createElement('div');
  #none = document.createElement('p');
  #table = document.createElement('table');
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #size = new ResizeObserver(() => this.#resize());
  #restart = () => this.#draw();

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles];
    this.#charts.style.display = 'contents';
    this.#none.className = 'none';
    this.#none.textContent = 'It had nothing to do in this time.';
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = 'The minutes as a table';
    const scroller = document.createElement('div');
    scroller.className = 'scroller';
    scroller.tabIndex = 0;
    scroller.setAttribute('role', 'group');
    scroller.setAttribute('aria-label', 'Load by the minute');
    this.#table.className = 'minutes';
    scroller.append(this.#table);
    details.append(summary, scroller);
    root.append(this.#none, this.#charts, details);
  }

  connectedCallback() {
    this.#scheme.addEventListener('change', this.#restart);
    this.#size.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    this.#scheme.removeEventListener('change', this.#restart);
    this.#size.disconnect();
    this.#clear();
  }

  /** @param {Load} load */
  set load(load) {
    this.#load = load;
    const nothing = [load.running, load.waiting, load.instances, load.calls].every((each) => each.every((value) => value === 0));
    this.#none.hidden = !nothing;
    this.#table.replaceChildren(...rows(load));
    if (this.#plots.length === 0) {
      this.#draw();
    } else {
      this.#plots.forEach(({ plot, lines }) => plot.setData(columns(load, lines)));
    }
    this.#tell();
  }

  #clear() {
    this.#plots.forEach(({ plot }) => plot.destroy());
    this.#plots = [];
    this.#charts.replaceChildren();
  }

  async #draw() {
    let draws;
    try {
      draws = await library;
    } catch {
      this.#charts.textContent = 'The charts can’t be drawn; the table has their figures.';
      return;
    }
    if (!this.#load || !this.isConnected) return;
    this.#clear();
    for (const { caption, lines } of CHARTS) {
      const figure = document.createElement('figure');
      const text = document.createElement('figcaption');
      text.textContent = caption;
      figure.append(text);
      figure.setAttribute('role', 'img');
      this.#charts.append(figure);
      this.#plots.push({ plot: new draws(this.#options(draws, lines), columns(this.#load, lines), figure), lines });
    }
    this.#tell();
  }

  /** @param {any} draws @param {any[]} lines */
  #options(draws, lines) {
    const text = this.#colour('--vaadin-text-color-secondary');
    const grid = { stroke: this.#colour('--vaadin-border-color-secondary'), width: 1 };
    const font = '11px system-ui, sans-serif';
    return {
      width: this.#width(),
      height: HEIGHT,
      cursor: { sync: { key: 'load' }, drag: { x: false, y: false }, points: { size: 6 } },
      legend: { live: true, markers: { dash: (/** @type {any} */ plot, /** @type {number} */ i) => (plot.series[i].dash ? 'dashed' : 'solid') } },
      scales: { y: { range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ most) => [0, Math.max(1, most * 1.1)] } },
      axes: [
        { stroke: text, font, grid, ticks: grid, size: 24, values: (/** @type {any} */ _, /** @type {number[]} */ at) => at.map((each) => clock(new Date(each * 1000)).slice(0, 5)) },
        { stroke: text, font, grid, ticks: grid, size: 34, values: (/** @type {any} */ _, /** @type {number[]} */ at) => at.map((each) => `${Math.round(each * 100) / 100}`) },
      ],
      series: [
        { label: 'at', value: (/** @type {any} */ _, /** @type {number | null} */ at) => (at === null ? '–' : clock(new Date(at * 1000))) },
        ...lines.map((line) => {
          const stroke = this.#colour(line.colour);
          return {
            label: line.label,
            stroke,
            width: 1.75,
            dash: line.dash,
            fill: line.filled ? faint(stroke) : undefined,
            paths: line.stepped ? draws.paths.stepped({ align: 1 }) : undefined,
            points: { show: false },
            value: (/** @type {any} */ _, /** @type {number | null} */ value) => (value === null ? '–' : rounded(value)),
          };
        }),
      ],
    };
  }

  /** A colour of the theme as a canvas understands it. @param {string} name */
  #colour(name) {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    this.shadowRoot?.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  }

  #width() {
    return Math.max(200, Math.floor(this.getBoundingClientRect().width));
  }

  #resize() {
    const width = this.#width();
    this.#plots.forEach(({ plot }) => {
      if (plot.width !== width) plot.setSize({ width, height: HEIGHT });
    });
  }

  /** What the charts show, for those who don't see them. */
  #tell() {
    const load = this.#load;
    if (!load) return;
    const figures = this.#charts.querySelectorAll('figure');
    CHARTS.forEach(({ caption, lines }, i) => {
      const most = lines.map(({ of, label }) => `${label} at most ${rounded(Math.max(0, ...series(load, of)))}, now ${rounded(series(load, of).at(-1) ?? 0)}`);
      figures[i]?.setAttribute('aria-label', `${caption}: ${most.join('; ')}`);
    });
  }
}

/** @param {Load} load @param {string} of @returns {number[]} */
function series(load, of) {
  return /** @type {any} */ (load)[of];
}

/** @param {Load} load @param {{of: string}[]} lines */
function columns(load, lines) {
  return [load.running.map((_, i) => load.start + i * load.step), ...lines.map(({ of }) => series(load, of))];
}

/** @param {string} colour as computed */
function faint(colour) {
  return `color-mix(in srgb, ${colour} 16%, transparent)`;
}

/** @param {number} value */
function rounded(value) {
  return value >= 100 || Number.isInteger(value) ? `${Math.round(value)}` : value.toFixed(value >= 10 ? 1 : 2);
}

/** The minutes, the newest first. @param {Load} load */
function rows(load) {
  const head = document.createElement('thead');
  head.append(row('th', ['From', 'Calls/s', 'Errors/s', 'Running', 'Waiting', 'Waited, ms', 'Instances', 'Cores']));
  const body = document.createElement('tbody');
  const each = Math.round(60 / load.step);
  for (let end = load.running.length; end > 0; end -= each) {
    const start = Math.max(0, end - each);
    const part = (/** @type {string} */ of) => series(load, of).slice(start, end);
    const mean = (/** @type {string} */ of) => rounded(part(of).reduce((sum, value) => sum + value, 0) / (end - start));
    const most = (/** @type {string} */ of) => rounded(Math.max(...part(of)));
    const at = clock(new Date((load.start + start * load.step) * 1000));
    body.append(row('td', [at, mean('calls'), mean('errors'), mean('running'), mean('waiting'), most('waits'), most('instances'), mean('cores')]));
  }
  return [head, body];
}

/** @param {'th' | 'td'} kind @param {string[]} texts */
function row(kind, texts) {
  const line = document.createElement('tr');
  line.append(
    ...texts.map((text) => {
      const cell = document.createElement(kind);
      cell.textContent = text;
      if (kind === 'th') cell.setAttribute('scope', 'col');
      return cell;
    }),
  );
  return line;
}

customElements.define('parigot-load-chart', LoadChart);
