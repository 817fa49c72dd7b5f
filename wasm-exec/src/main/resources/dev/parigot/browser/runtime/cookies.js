/**
 * A cookie that an app has set.
 *
 * @typedef {object} Cookie
 * @property {string} name
 * @property {string} value
 * @property {string} path
 * @property {number | null} expires in milliseconds since 1970, null with the session
 * @property {boolean} httpOnly
 */

const MOST = 180;

/**
 * The cookies of an app (RFC 6265), for one host: what a service worker answers can't set any in the browser.
 */
export class CookieJar {
  /** @type {Cookie[]} */
  #cookies;
  #changed;

  /** @param {Cookie[]} cookies @param {(all: Cookie[]) => void} changed */
  constructor(cookies, changed) {
    this.#cookies = cookies;
    this.#changed = changed;
  }

  /** The value of the header Cookie for that path, or null. @param {string} path @param {number} now in milliseconds */
  header(path, now) {
    const sent = this.#cookies
      .filter(each => (each.expires === null || each.expires > now) && covers(each.path, path))
      .sort((a, b) => b.path.length - a.path.length);
    return sent.length === 0 ? null : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Takes what headers Set-Cookie of a response to that path say. @param {string[]} headers @param {string} path @param {number} now */
  take(headers, path, now) {
    if (headers.length === 0) {
      return;
    }
    for (const header of headers) {
      const cookie = cookieOf(header, path, now);
      if (cookie) {
        this.#cookies = this.#cookies.filter(each => each.name !== cookie.name || each.path !== cookie.path);
        if (cookie.expires === null || cookie.expires > now) {
          this.#cookies.push(cookie);
        }
      }
    }
    this.#cookies = this.#cookies.slice(-MOST);
    this.#changed(this.#cookies);
  }
}

/** Whether a cookie of that path is sent to the other. @param {string} of @param {string} path */
function covers(of, path) {
  return path === of || (path.startsWith(of) && (of.endsWith('/') || path[of.length] === '/'));
}

/** @param {string} header @param {string} path @param {number} now @returns {Cookie | null} */
function cookieOf(header, path, now) {
  const [pair, ...attributes] = header.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (equals < 0 || name === '') {
    return null;
  }
  /** @type {Cookie} */
  const cookie = { name, value: pair.slice(equals + 1).trim(), path: folderOf(path), expires: null, httpOnly: false };
  let maxAge = null;
  for (const attribute of attributes) {
    const at = attribute.indexOf('=');
    const key = (at < 0 ? attribute : attribute.slice(0, at)).trim().toLowerCase();
    const value = at < 0 ? '' : attribute.slice(at + 1).trim();
    if (key === 'path' && value.startsWith('/')) {
      cookie.path = value;
    } else if (key === 'httponly') {
      cookie.httpOnly = true;
    } else if (key === 'max-age' && /^-?\d+$/.test(value)) {
      maxAge = now + Number(value) * 1000;
    } else if (key === 'expires' && !Number.isNaN(Date.parse(value))) {
      cookie.expires = Date.parse(value);
    }
  }
  cookie.expires = maxAge ?? cookie.expires;
  return cookie;
}

/** @param {string} path */
function folderOf(path) {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}
