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

/** Text with what is in backticks as code. @param {string} text @param {Element} into */
export function spell(text, into) {
  text.split('`').forEach((part, i) => {
    for (const [j, piece] of part.split(/([①②])/).entries()) {
      if (j % 2 === 1) into.append(badge(piece === '①' ? 1 : 2));
      else if (piece) into.append(i % 2 === 1 ? make('code', '', piece) : piece);
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

/** @param {string} kind @param {string} key what the line is about, as code @param {string} [before] words ahead of it */
export function line(kind, key, before = '') {
  const made = make('tr', kind);
  const name = make('th');
  name.setAttribute('scope', 'row');
  name.append(before, make('code', '', key));
  made.append(name);
  return made;
}
