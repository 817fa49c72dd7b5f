import { MalformedMessage, message, readRequest } from './http/message.js';
import { MESSAGE_BYTES, Refused } from './outcome.js';

/** @import { Headers, Request } from './http/message.js' */

/**
 * What became of a request that was sent.
 *
 * @typedef {{ status: number, headers: Headers, body: Uint8Array } | 'unreachable' | 'late'} Exchanged
 */

/** Headers that a browser sets itself, and lets nobody set. */
const FORBIDDEN = /^(accept-(charset|encoding)|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|proxy-.*|referer|sec-.*|set-cookie|te|trailer|transfer-encoding|upgrade|via)$/i;

/**
 * Sends a raw request to a host that the manifest allows.
 *
 * @param {Uint8Array} bytes
 * @param {string[]} allowed hosts, with or without a port
 * @param {number} nanos that are left
 * @param {(request: Request, url: URL, headers: Headers, millis: number) => Exchanged} exchange
 */
export function send(bytes, allowed, nanos, exchange) {
  const request = read(bytes);
  const url = urlOf(request);
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (!allowed.includes(host) && !allowed.includes(`${host}:${port}`)) {
    throw new Refused(403, `The manifest doesn't allow requests to ${host}: see [outbound] allow.`);
  }
  const headers = request.headers.filter(([name]) => !FORBIDDEN.test(name));
  const answer = exchange(request, url, headers, Math.max(1, Math.floor(nanos / 1e6)));
  if (answer === 'late') {
    throw new Refused(504, `${host} did not answer in time.`);
  }
  if (answer === 'unreachable') {
    throw new Refused(
      502,
      `${host} can't be reached from this page: the browser is offline, or ${host} doesn't allow other sites to read its answers (CORS). On the platform there is no such rule.`,
    );
  }
  if (answer.body.length > MESSAGE_BYTES) {
    throw new Refused(413, `The response of ${host} is over 10 MiB.`);
  }
  return message(`HTTP/1.1 ${answer.status} `, answer.headers, answer.body);
}

/** @param {Uint8Array} bytes */
function read(bytes) {
  try {
    return readRequest(bytes);
  } catch (thrown) {
    if (thrown instanceof MalformedMessage) {
      throw new Refused(400, `The request is no HTTP message: ${thrown.message}`);
    }
    throw thrown;
  }
}

/** @param {Request} request */
function urlOf({ method, target }) {
  /** @type {URL} */
  let url;
  try {
    url = new URL(target);
  } catch {
    throw new Refused(400, 'The request\'s target is no absolute URL, such as https://api.example.org/path.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Refused(400, 'The request\'s target is no absolute URL, such as https://api.example.org/path.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Refused(400, "The request's URL has a user in it: use the header Authorization.");
  }
  if (method === 'CONNECT') {
    throw new Refused(400, 'CONNECT is no request to a server.');
  }
  return url;
}

/** By a synchronous request, which only a worker may make. @type {Parameters<typeof send>[3]} */
export function exchangeByXhr({ method, body }, url, headers, millis) {
  const xhr = new XMLHttpRequest();
  xhr.open(method, url.href, false);
  xhr.responseType = 'arraybuffer';
  xhr.timeout = millis;
  try {
    headers.forEach(([name, value]) => xhr.setRequestHeader(name, value));
    xhr.send(body.length === 0 ? null : /** @type {Uint8Array<ArrayBuffer>} */ (body));
  } catch (thrown) {
    return thrown instanceof DOMException && thrown.name === 'TimeoutError' ? 'late' : 'unreachable';
  }
  /** @type {Headers} */
  const answered = xhr
    .getAllResponseHeaders()
    .split('\r\n')
    .filter(line => line !== '')
    .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return {
    status: xhr.status,
    // The body is decoded.
    headers: answered.filter(([name]) => name !== 'content-encoding'),
    body: new Uint8Array(/** @type {ArrayBuffer} */ (xhr.response ?? new ArrayBuffer(0))),
  };
}
