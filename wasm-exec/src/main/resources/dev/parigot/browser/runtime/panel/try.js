import { duration, element } from '../element.js';

/** @import { Method, ServiceDescription } from '../description.js' */
/** @import { Session } from '../session.js' */

/** A form for each method that can be reached from outside. */
export class TryView {
  title = 'Try';
  element = element('div', { class: 'view try' });

  /** @param {Session} session */
  constructor({ app }) {
    const forms = app.services.flatMap(service => reachable(service).map(method => form(service, method)));
    this.element.append(
      ...(forms.length > 0 ? forms : [element('p', { class: 'empty' }, 'The app has no public methods: use its pages.')]));
  }

  draw() {}
}

/** @param {ServiceDescription} service */
function reachable({ kind, methods, public: exposed }) {
  return kind === 'command' || exposed === false
    ? []
    : methods.filter(({ name }) => name !== 'http' && name !== 'health' && (exposed === true || exposed.includes(name)));
}

/** @param {ServiceDescription} service @param {Method} method */
function form(service, method) {
  const path = `/${service.name}/${method.name}`;
  const body = element('textarea', { rows: 2, spellcheck: 'false', name: 'body', 'aria-label': `Request of ${path}` });
  body.value = method.params ? `[${method.params.map(type => (type === 'i64' ? '"0"' : '0')).join(', ')}]` : '';
  body.placeholder = 'Request: JSON, or any text';
  const status = element('span', { class: 'status' });
  const answer = element('pre', { hidden: true, tabindex: 0, 'aria-label': `Answer of ${path}` });
  const made = element('form', { class: 'row' },
    element('h3', {}, element('code', {}, `POST ${path}`)),
    body,
    element('div', { class: 'tools' }, element('button', { type: 'submit' }, 'Call'), status),
    answer);
  made.addEventListener('submit', async event => {
    event.preventDefault();
    const began = performance.now();
    const response = await fetch(new URL(`.${path}`, new URL('./', document.baseURI)), { method: 'POST', body: body.value });
    const text = await response.text();
    const error = response.headers.get('Parigot-Error');
    status.textContent = `${response.status}${error ? `, error ${error}` : ''} in ${duration(Math.round((performance.now() - began) * 1000))}`;
    status.classList.toggle('failing', !response.ok);
    answer.textContent = pretty(text);
    answer.hidden = false;
  });
  return made;
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text || '(empty)';
  }
}
