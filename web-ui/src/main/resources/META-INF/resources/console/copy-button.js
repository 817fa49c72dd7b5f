/**
 * A button that copies a text, and says that it did.
 *
 * `<parigot-copy text="git push parigot main" label="Copy the push command"></parigot-copy>`
 */
const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host { display: inline-flex; }
  button {
    font: 500 13px/1 var(--aura-font-family); min-inline-size: 68px; min-block-size: 30px; padding: 0 10px; cursor: pointer;
    color: var(--vaadin-text-color); border: 1px solid var(--vaadin-border-color); border-radius: var(--vaadin-radius-m);
    background: var(--parigot-tile);
  }
  button:hover { border-color: var(--parigot-edge); }
  button:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: 1px; }
  button.done { color: var(--parigot-live-text); }
  .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
`);

class CopyButton extends HTMLElement {
  static observedAttributes = ['label', 'text'];
  #button = document.createElement('button');
  #said = document.createElement('span');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles];
    this.#button.type = 'button';
    this.#button.textContent = 'Copy';
    this.#said.className = 'unseen';
    this.#said.setAttribute('role', 'status');
    root.append(this.#button, this.#said);
    this.#button.addEventListener('click', () => this.#copy());
  }

  attributeChangedCallback() {
    const label = this.getAttribute('label') ?? 'Copy';
    this.#button.setAttribute('aria-label', label);
    this.#button.title = label;
  }

  async #copy() {
    const done = await write(this.getAttribute('text') ?? '');
    this.#button.classList.toggle('done', done);
    this.#button.textContent = done ? 'Copied' : 'Failed';
    this.#said.textContent = done ? 'Copied' : 'Could not copy: select the text instead';
    setTimeout(() => {
      this.#button.classList.remove('done');
      this.#button.textContent = 'Copy';
      this.#said.textContent = '';
    }, 1800);
  }
}

/**
 * The clipboard of today needs a secure context; over plain HTTP the old command still works.
 *
 * @param {string} text
 * @returns {Promise<boolean>}
 */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

customElements.define('parigot-copy', CopyButton);
