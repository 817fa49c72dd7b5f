/**
 * The palette: Ctrl-K (or ⌘K) opens it, letters narrow it down, arrows choose, Enter goes.
 *
 * @typedef {{label: string, hint: string, path: string}} Entry
 */
import { rank } from './palette-rank.js';

const SHOWN = 9;
const styles = new CSSStyleSheet();
styles.replaceSync(`
  dialog { inline-size: min(560px, calc(100vw - 32px)); margin: 12vh auto auto; padding: 0; border: 1px solid var(--vaadin-border-color); border-radius: 14px; background: var(--parigot-tile); color: var(--vaadin-text-color); box-shadow: 0 24px 60px rgb(0 0 0 / .3); font: 15px/1.4 var(--aura-font-family); }
  dialog::backdrop { background: rgb(10 14 22 / .4); }
  input { box-sizing: border-box; inline-size: 100%; padding: 16px 18px; font: inherit; font-size: 17px; color: inherit; background: none; border: 0; border-block-end: 1px solid var(--vaadin-border-color); outline: none; border-radius: 14px 14px 0 0; }
  input::placeholder { color: var(--vaadin-text-color-secondary); opacity: 1; }
  ul { list-style: none; margin: 0; padding: 6px; max-block-size: 46vh; overflow: auto; }
  li { display: flex; align-items: center; gap: 12px; padding: 9px 12px; border-radius: 9px; cursor: pointer; }
  li[aria-selected="true"] { background: var(--vaadin-background-container-strong); }
  li span { margin-inline-start: auto; color: var(--vaadin-text-color-secondary); font-size: 13px; }
  p { margin: 0; padding: 14px 18px; color: var(--vaadin-text-color-secondary); }
`);

class Palette extends HTMLElement {
  /** @type {Entry[]} */ #entries = [];
  /** @type {Entry[]} */ #found = [];
  #chosen = 0;
  #onKey = (/** @type {KeyboardEvent} */ event) => this.#key(event);

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles];
    this.dialog = document.createElement('dialog');
    this.dialog.setAttribute('aria-label', 'Go to');
    this.input = document.createElement('input');
    this.input.type = 'text';
    this.input.placeholder = 'Go to an app, a tab, or run an action';
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-label': 'Go to', 'aria-expanded': 'true', 'aria-controls': 'found', 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false' })) {
      this.input.setAttribute(name, value);
    }
    this.list = document.createElement('ul');
    this.list.id = 'found';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', 'Places and actions');
    this.none = document.createElement('p');
    this.none.setAttribute('role', 'status');
    this.dialog.append(this.input, this.list, this.none);
    root.append(this.dialog);
    this.input.addEventListener('input', () => this.#search());
    this.input.addEventListener('keydown', (event) => this.#walk(event));
    this.list.addEventListener('click', (event) => {
      const item = event.target instanceof Element ? event.target.closest('li') : null;
      if (item) this.#go(this.#found[[...this.list.children].indexOf(item)]);
    });
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  connectedCallback() {
    window.addEventListener('keydown', this.#onKey);
  }

  disconnectedCallback() {
    window.removeEventListener('keydown', this.#onKey);
  }

  /** @param {Entry[]} entries */
  set entries(entries) {
    this.#entries = entries ?? [];
    if (this.dialog.open) this.#search();
  }

  open() {
    if (this.dialog.open) return;
    this.input.value = '';
    this.dialog.showModal();
    this.#search();
    this.dispatchEvent(new CustomEvent('palette-open'));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (this.dialog.open) this.dialog.close();
      else this.open();
    }
  }

  #search() {
    this.#found = rank(this.#entries, this.input.value).slice(0, SHOWN);
    this.#chosen = 0;
    this.list.replaceChildren(...this.#found.map((entry, i) => {
      const item = document.createElement('li');
      item.id = `entry-${i}`;
      item.setAttribute('role', 'option');
      const hint = document.createElement('span');
      hint.textContent = entry.hint;
      item.append(entry.label, ' ', hint);
      return item;
    }));
    this.list.hidden = this.#found.length === 0;
    this.none.hidden = this.#found.length > 0 || this.#entries.length === 0;
    this.none.textContent = this.none.hidden ? '' : 'Nothing is called like that.';
    this.#mark();
  }

  #mark() {
    [...this.list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === this.#chosen)));
    const item = this.list.children[this.#chosen];
    if (item) {
      this.input.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#found.length) {
      event.preventDefault();
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length;
      this.#mark();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#go(this.#found[this.#chosen]);
    }
  }

  /** @param {Entry | undefined} entry */
  #go(entry) {
    if (!entry) return;
    this.dialog.close();
    this.dispatchEvent(new CustomEvent('palette-go', { detail: { path: entry.path } }));
  }
}

customElements.define('parigot-palette', Palette);
