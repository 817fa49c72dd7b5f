import { counted, duration, element, size } from '../element.js';

/** @import { Description, ServiceDescription } from '../description.js' */
/** @import { Session } from '../session.js' */
/** @import { Trace } from '../tracer.js' */

const WIDTH = 190;
const HEIGHT = 92;
const GAP_X = 56;
const GAP_Y = 26;
const LANE = 12;
const ROUND = 10;
const LIT = 700;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * @typedef {{ x: number, y: number }} Place
 * @typedef {{ calls: number, errors: number, micros: number }} Tally
 */

/** The services and the calls between them, as the binaries say; they light up as calls happen. */
export class ServicesView {
  title = 'Services';
  element = element('div', { class: 'view services' });
  #session;
  /** @type {Map<string, Tally>} */
  #tallies = new Map();
  /** @type {Map<string, { tile: HTMLElement, facts: HTMLElement }>} */
  #tiles = new Map();
  /** @type {Map<string, SVGPathElement>} */
  #edges = new Map();
  /** @type {Map<Element, number>} */
  #lit = new Map();

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    this.#build(session.app);
    session.traces.forEach(trace => this.#count(trace, false));
    session.addEventListener('trace', event => this.#count(/** @type {CustomEvent<Trace>} */ (event).detail, true));
    session.addEventListener('cleared', () => this.#tallies.clear());
  }

  /** @param {Description} app */
  #build(app) {
    const places = layout(app.services);
    const picture = document.createElementNS(SVG, 'svg');
    picture.setAttribute('aria-hidden', 'true');
    const width = Math.max(...[...places.values()].map(({ x }) => x)) + WIDTH;
    const bottom = Math.max(...[...places.values()].map(({ y }) => y)) + HEIGHT;
    let lane = bottom + LANE;
    const canvas = element('div', { class: 'canvas' });
    canvas.style.setProperty('--width', `${width}px`);
    canvas.append(picture);
    for (const service of [...app.services].reverse()) {
      for (const [callee, methods] of callees(service)) {
        const to = places.get(callee);
        const from = places.get(service.name);
        if (from && to) {
          const path = document.createElementNS(SVG, 'path');
          const near = to.x - from.x === WIDTH + GAP_X;
          path.setAttribute('d', near ? curve(from, to) : detour(from, to, (lane += LANE)));
          path.classList.toggle('async', methods.every(({ async }) => async));
          picture.append(path);
          this.#edges.set(`${service.name} ${callee}`, path);
        }
      }
      canvas.append(this.#tile(service, /** @type {Place} */ (places.get(service.name)), app));
    }
    picture.setAttribute('width', String(width));
    picture.setAttribute('height', String(lane + LANE));
    canvas.style.setProperty('--height', `${lane + LANE}px`);
    const how = this.#session.linked
      ? 'Linked one by one: this browser has one memory a module.'
      : `Wound together into one module of ${size(app.wound?.bytes ?? 0)}: calls between services are function calls.`;
    this.element.append(
      element('p', { class: 'lead' }, element('strong', {}, counted(app.services.length, 'service')), ' run in this page, with no server behind. ', how),
      element('div', { class: 'scroll' }, canvas),
    );
  }

  /** @param {ServiceDescription} service @param {Place} place @param {Description} app */
  #tile(service, { x, y }, app) {
    const facts = element('span', { class: 'facts' }, 'not called yet');
    const calls = [...callees(service)].map(([name, methods]) => `${name} (${methods.map(({ method }) => method).join(', ')})`);
    const fed = [
      ...app.queues.filter(({ deliver }) => deliver.startsWith(`${service.name}.`)).map(({ name }) => `queue ${name}`),
      ...app.cron.filter(({ call }) => call.startsWith(`${service.name}.`)).map(({ name }) => `cron ${name}`),
    ];
    const open = service.public !== false || app.site?.service === service.name;
    const tile = element('article', { class: `tile${open ? ' open' : ''}` },
      element('h3', {}, service.name, ...(open ? [element('span', { class: 'badge' }, 'public')] : []), ...fed.map(name => element('span', { class: 'badge fed' }, name))),
      element('span', { class: 'about' }, `${service.kind === 'command' ? 'command, CGI' : service.kind === 'plain' ? 'plain module' : counted(service.methods.length, 'method')} · ${size(service.bytes)}`),
      facts,
      element('span', { class: 'calls' }, calls.length === 0 ? 'calls no other service' : `calls ${calls.join(', ')}`));
    tile.style.setProperty('--x', `${x}px`);
    tile.style.setProperty('--y', `${y}px`);
    this.#tiles.set(service.name, { tile, facts });
    return tile;
  }

  /** @param {Trace} trace @param {boolean} now whether it has just happened */
  #count(trace, now) {
    for (const { name, caller, kind, code, start, end } of trace.spans) {
      if (kind === 'call') {
        const service = name.split('.')[0];
        const tally = this.#tallies.get(service) ?? { calls: 0, errors: 0, micros: 0 };
        tally.calls++;
        tally.errors += code === 0 ? 0 : 1;
        tally.micros += end - start;
        this.#tallies.set(service, tally);
        if (now) {
          this.#light(this.#tiles.get(service)?.tile);
          this.#light(this.#edges.get(`${caller} ${service}`));
        }
      }
    }
  }

  /** @param {Element | undefined} what */
  #light(what) {
    if (what) {
      what.classList.add('lit');
      clearTimeout(this.#lit.get(what));
      this.#lit.set(what, window.setTimeout(() => what.classList.remove('lit'), LIT));
    }
  }

  draw() {
    for (const [service, { facts }] of this.#tiles) {
      const tally = this.#tallies.get(service);
      facts.classList.toggle('failing', Boolean(tally?.errors));
      facts.textContent = tally
        ? `${counted(tally.calls, 'call')} · ${duration(Math.round(tally.micros / tally.calls))}${tally.errors > 0 ? ` · ${counted(tally.errors, 'error')}` : ''}`
        : 'not called yet';
    }
  }
}

/** The services that one calls, with how. @param {ServiceDescription} service */
function callees(service) {
  /** @type {Map<string, ServiceDescription['calls']>} */
  const found = new Map();
  service.calls.forEach(call => found.set(call.service, [...(found.get(call.service) ?? []), call]));
  return found;
}

/** Callers stand left of those that they call. @param {ServiceDescription[]} services callees first */
function layout(services) {
  /** @type {Map<string, number>} */
  const columns = new Map(services.map(({ name }) => [name, 0]));
  for (const service of [...services].reverse()) {
    for (const { service: callee, async } of service.calls) {
      if (!async && callee !== service.name) {
        columns.set(callee, Math.max(columns.get(callee) ?? 0, (columns.get(service.name) ?? 0) + 1));
      }
    }
  }
  /** @type {Map<number, string[]>} */
  const byColumn = new Map();
  [...services].reverse().forEach(({ name }) => {
    const column = columns.get(name) ?? 0;
    byColumn.set(column, [...(byColumn.get(column) ?? []), name]);
  });
  const most = Math.max(...[...byColumn.values()].map(names => names.length));
  /** @type {Map<string, Place>} */
  const places = new Map();
  for (const [column, names] of byColumn) {
    const top = ((most - names.length) * (HEIGHT + GAP_Y)) / 2;
    names.forEach((name, row) => places.set(name, { x: column * (WIDTH + GAP_X), y: top + row * (HEIGHT + GAP_Y) }));
  }
  return places;
}

/** @param {Place} from @param {Place} to */
function curve(from, to) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const bend = (x2 - x1) / 2;
  return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
}

/** Of a call that passes other columns, or goes back: below of all tiles. @param {Place} from @param {Place} to @param {number} lane */
function detour(from, to, lane) {
  const [x1, y1, x2, y2] = [from.x + WIDTH / 2, from.y + HEIGHT, to.x + WIDTH / 2, to.y + HEIGHT];
  const round = x2 > x1 ? ROUND : -ROUND;
  return `M${x1},${y1} L${x1},${lane - ROUND} Q${x1},${lane} ${x1 + round},${lane} L${x2 - round},${lane} Q${x2},${lane} ${x2},${lane - ROUND} L${x2},${y2}`;
}
