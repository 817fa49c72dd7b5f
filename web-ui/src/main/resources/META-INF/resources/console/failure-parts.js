/** What the views of a failure are made of. */
const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} tag @param {Record<string, string | number>} [attributes] @param {string} [text] */
export function draw(tag, attributes = {}, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param {string} tag @param {string} [kind] @param {string} [text] */
export function make(tag, kind = '', text) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Text with what is in backticks as code, and ① and ② as in the picture, with the point that ends a sentence. @param {string} text @param {Element} into */
export function spell(text, into) {
  text.split('`').forEach((part, i) => {
    for (const piece of part.split(/([①②][.,;:]?)/)) {
      if (/^[①②]/.test(piece)) {
        const together = make('span', 'together');
        together.append(badge(piece.startsWith('①') ? 1 : 2), piece.slice(1));
        into.append(together);
      } else if (piece) into.append(i % 2 === 1 ? make('code', '', piece) : piece);
    }
  });
}

/** @param {number} number */
export function badge(number) {
  return make('span', 'badge', String(number));
}

/** @param {string} text @param {string} label @param {() => void} action */
export function button(text, label, action) {
  const made = make('button', 'plain', text);
  made.setAttribute('type', 'button');
  made.setAttribute('aria-label', label);
  made.title = label;
  made.addEventListener('click', action);
  return made;
}

/** A part of the page that scrolls by itself. @param {string} kind @param {string} label */
export function region(kind, label) {
  const made = make('div', kind);
  made.tabIndex = 0;
  made.setAttribute('role', 'region');
  made.setAttribute('aria-label', label);
  return made;
}

