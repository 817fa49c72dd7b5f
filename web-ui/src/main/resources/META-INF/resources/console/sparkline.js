/**
 * The last minutes of an app as bars, oldest first: calls, and in another colour and from the top of
 * their bar the errors among them.
 *
 * @typedef {{calls: number, errors: number}} Minute
 */
const NAMESPACE = 'http://www.w3.org/2000/svg';
const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host { display: block; }
  svg { display: block; inline-size: 100%; block-size: 36px; }
  .calls { fill: var(--parigot-spark); }
  .none { fill: var(--vaadin-border-color); }
  .errors { fill: var(--parigot-failing); }
`);

class Sparkline extends HTMLElement {
  #svg = document.createElementNS(NAMESPACE, 'svg');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles];
    this.#svg.setAttribute('role', 'img');
    root.append(this.#svg);
  }

  /** @param {Minute[]} minutes */
  set minutes(minutes) {
    const count = Math.max(1, minutes.length);
    const top = Math.max(1, ...minutes.map((each) => each.calls));
    this.#svg.setAttribute('viewBox', `0 0 ${count * 8} 36`);
    this.#svg.setAttribute('preserveAspectRatio', 'none');
    const calls = minutes.reduce((sum, each) => sum + each.calls, 0);
    const errors = minutes.reduce((sum, each) => sum + each.errors, 0);
    this.#svg.setAttribute('aria-label', `${calls} calls and ${errors} errors in the last ${count} minutes`);
    this.#svg.replaceChildren(...minutes.flatMap((minute, i) => bars(minute, i, top)));
  }
}

/** @param {Minute} minute @param {number} i @param {number} top */
function bars({ calls, errors }, i, top) {
  if (calls === 0) return [bar('none', i, 35, 1)];
  const height = Math.max(3, (calls / top) * 36);
  const failed = errors === 0 ? 0 : Math.max(3, (errors / calls) * height);
  const sum = [bar('calls', i, 36 - height, height)];
  if (failed > 0) sum.push(bar('errors', i, 36 - height, failed));
  return sum;
}

/** @param {string} name @param {number} i @param {number} y @param {number} height */
function bar(name, i, y, height) {
  const rect = document.createElementNS(NAMESPACE, 'rect');
  rect.setAttribute('class', name);
  for (const [key, value] of Object.entries({ x: i * 8 + 1, y, width: 6, height })) rect.setAttribute(key, String(value));
  return rect;
}

customElements.define('parigot-sparkline', Sparkline);
