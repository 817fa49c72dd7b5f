import { counted, element, size } from '../element.js';
import { bytesOfKey, keyOf } from '../key-value.js';
import { bytesOf, textOf } from '../memory.js';

/** @import { Session } from '../session.js' */

const PAGE = 200;

/** What is in the store, to be read and changed; and the way back to the start. */
export class StoreView {
  title = 'Data';
  element = element('div', { class: 'view data' });
  #session;
  #prefix = element('input', { type: 'search', placeholder: 'Keys that begin with', 'aria-label': 'Keys that begin with', input: () => this.draw() });
  #count = element('span', { class: 'count' });
  #table = element('tbody');
  #empty = element('p', { class: 'empty' });
  #seen = '';

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    const reset = element('button', { type: 'button', click: () => this.#reset() }, 'Start over');
    this.element.append(
      element('div', { class: 'tools' }, this.#prefix, this.#count, reset),
      this.#empty,
      element('table', {}, element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Key'), element('th', { scope: 'col' }, 'Value'), element('th', { scope: 'col' }, element('span', { class: 'visually-hidden' }, 'Actions')))), this.#table));
  }

  async draw() {
    const prefix = keyOf(bytesOf(this.#prefix.value));
    const { entries, size: keys, bytes } = await this.#session.control.ask({ ask: 'list', prefix, after: '', limit: PAGE });
    this.#count.textContent = `${counted(keys, 'key')}, ${size(bytes)}`;
    this.#empty.hidden = entries.length > 0;
    this.#empty.textContent = keys === 0 ? 'The store is empty: the services have kept nothing yet.' : 'No key begins with that.';
    const seen = JSON.stringify(entries.map((/** @type {Entry} */ { key, value }) => [key, value.length, value.slice(0, 64)]));
    // What somebody edits stays as it is.
    if (seen !== this.#seen && !this.#table.contains(document.activeElement)) {
      this.#seen = seen;
      this.#table.replaceChildren(...entries.map((/** @type {Entry} */ entry) => this.#row(entry)));
    }
  }

  /** @typedef {{ key: string, value: Uint8Array }} Entry */

  /** @param {Entry} entry */
  #row({ key, value }) {
    const name = shown(bytesOfKey(key));
    const text = shown(value);
    const edit = element('textarea', { rows: 1, spellcheck: 'false', 'aria-label': `Value of ${name}`, readonly: text !== textOf(value) });
    edit.value = text;
    const keep = element('button', { type: 'button', hidden: true, 'aria-label': `Keep the new value of ${name}` }, 'Keep');
    edit.addEventListener('input', () => (keep.hidden = false));
    keep.addEventListener('click', async () => {
      await this.#session.control.ask({ ask: 'change', key, value: bytesOf(edit.value) });
      keep.hidden = true;
      this.#session.tell(`${name} is changed.`);
    });
    const remove = element('button', { type: 'button', 'aria-label': `Delete ${name}`, click: async () => {
      await this.#session.control.ask({ ask: 'change', key, value: null });
      await this.draw();
    } }, 'Delete');
    return element('tr', {}, element('th', { scope: 'row' }, element('code', {}, name)), element('td', {}, edit), element('td', { class: 'actions' }, keep, remove));
  }

  async #reset() {
    const begins = Object.keys(this.#session.app.data).length > 0;
    if (confirm(`Forget all data of this demo in this browser, and start over${begins ? ' with what it began with' : ''}?`)) {
      await this.#session.control.reset();
      await this.draw();
    }
  }
}

/** Text as itself, other bytes as hexadecimals. @param {Uint8Array} bytes */
function shown(bytes) {
  const text = textOf(bytes);
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)
    ? Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ')
    : text;
}
