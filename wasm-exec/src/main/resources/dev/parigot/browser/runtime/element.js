/**
 * An element with its attributes and children. Of attributes `class` and the like are as in HTML; functions listen.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | number | ((event: any) => void)>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name, value);
    } else if (typeof value === 'boolean') {
      made.toggleAttribute(name, value);
    } else {
      made.setAttribute(name, String(value));
    }
  }
  made.append(...children);
  return made;
}

/** Text for a short time. @param {number} micros */
export function duration(micros) {
  return micros < 1000
    ? `${micros} µs`
    : micros < 1_000_000
      ? `${(micros / 1000).toFixed(micros < 10_000 ? 1 : 0)} ms`
      : `${(micros / 1_000_000).toFixed(1)} s`;
}

/** @param {number} bytes */
export function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;
}

/** @param {number} count @param {string} thing */
export function counted(count, thing) {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** @param {number} at in milliseconds since 1970 */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString(undefined, { hour12: false });
}
