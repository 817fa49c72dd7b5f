/** Bytes that are no HTTP message, or no output of a CGI program. */
export class MalformedMessage extends Error {}

/**
 * Header fields in their order. Names are compared without regard to case; values are bytes, as ISO 8859-1 shows them.
 *
 * @typedef {[name: string, value: string][]} Headers
 * @typedef {{ method: string, target: string, headers: Headers, body: Uint8Array }} Request
 * @typedef {{ status: number, headers: Headers, body: Uint8Array }} Response
 */

const HEAD_BYTES = 64 << 10;
const SHOWN = 60;
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const VERSION = /^HTTP\/1\.[01]$/;
const NO_BYTES = new Uint8Array(0);
/** Those that mean the connection and not the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer',
  'transfer-encoding', 'upgrade',
];

/** @param {Headers} headers @param {string} name in lower case */
export function first(headers, name) {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** @param {Headers} headers @param {string} name in lower case */
export function all(headers, name) {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** @param {Headers} headers @param {string[]} names in lower case @returns {Headers} */
export function without(headers, ...names) {
  return headers.filter(([each]) => !names.includes(each.toLowerCase()));
}

/** The elements of a list of tokens, over all lines, in lower case. @param {Headers} headers @param {string} name */
function tokens(headers, name) {
  return all(headers, name)
    .flatMap(line => line.split(','))
    .map(token => token.trim().toLowerCase())
    .filter(token => token !== '');
}

/** @param {Headers} headers */
export function withoutHopByHop(headers) {
  return without(headers, ...HOP_BY_HOP, ...tokens(headers, 'connection'));
}

/** For a message to a person: cut, and without what could spoil it. @param {string} line */
function shown(line) {
  const text = line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

/** Reads the parts of a message in their order. Lines end with CR LF, or with LF alone. */
export class MessageReader {
  #message;
  #at = 0;

  /** @param {Uint8Array} message */
  constructor(message) {
    this.#message = message;
  }

  /** The next line, without its end. */
  line() {
    const end = this.#message.indexOf(10, this.#at);
    if (end < 0) {
      throw new MalformedMessage('its headers have no end: an empty line is missing');
    }
    if (end > HEAD_BYTES + this.#at) {
      throw new MalformedMessage('its headers are longer than 64 KiB');
    }
    const stop = end > this.#at && this.#message[end - 1] === 13 ? end - 1 : end;
    const line = latin(this.#message.subarray(this.#at, stop));
    this.#at = end + 1;
    return line;
  }

  /** The fields up to the empty line that ends them. */
  headers() {
    const begin = this.#at;
    /** @type {Headers} */
    const headers = [];
    for (let line = this.line(); line !== ''; line = this.line()) {
      const colon = line.indexOf(':');
      const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
      if (!TOKEN.test(colon < 0 ? '' : line.slice(0, colon)) || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
        throw new MalformedMessage(`\`${shown(line)}\` is no header`);
      }
      headers.push([line.slice(0, colon), value]);
      if (this.#at - begin > HEAD_BYTES) {
        throw new MalformedMessage('its headers are longer than 64 KiB');
      }
    }
    return headers;
  }

  rest() {
    const rest = this.#message.subarray(this.#at);
    this.#at = this.#message.length;
    return rest;
  }

  nothing() {
    const { length } = this.rest();
    if (length > 0) {
      throw new MalformedMessage(`it has ${length} bytes behind its headers, where no body can be`);
    }
    return NO_BYTES;
  }

  /** As the headers frame it, else all the rest. @param {Headers} headers */
  body(headers) {
    const codings = tokens(headers, 'transfer-encoding');
    if (codings.length > 0) {
      if (codings.join() !== 'chunked') {
        throw new MalformedMessage(`its transfer coding is [${codings.join(', ')}]; only chunked is known`);
      }
      return this.#chunks();
    }
    const lengths = [...new Set(tokens(headers, 'content-length'))];
    if (lengths.length === 0) {
      return this.rest();
    }
    if (lengths.length > 1 || !/^[0-9]{1,9}$/.test(lengths[0])) {
      throw new MalformedMessage(`its Content-Length is [${lengths.join(', ')}]`);
    }
    const rest = this.rest();
    if (rest.length !== Number(lengths[0])) {
      throw new MalformedMessage(
        `its body has ${rest.length} bytes, but its Content-Length is ${Number(lengths[0])}`,
      );
    }
    return rest;
  }

  #chunks() {
    const parts = [];
    for (let size = this.#chunkSize(); size > 0; size = this.#chunkSize()) {
      if (size > this.#message.length - this.#at) {
        throw new MalformedMessage('a chunk of its body is cut off');
      }
      parts.push(this.#message.subarray(this.#at, this.#at + size));
      this.#at += size;
      if (this.line() !== '') {
        throw new MalformedMessage('a chunk of its body is longer than it says');
      }
    }
    // Trailers are fields that came too late to be used.
    this.headers();
    this.nothing();
    return joined(parts);
  }

  #chunkSize() {
    const digits = this.line().split(';', 1)[0].trim();
    if (!/^[0-9A-Fa-f]{1,7}$/.test(digits)) {
      throw new MalformedMessage('a chunk of its body has no size');
    }
    return parseInt(digits, 16);
  }
}

/** @param {Uint8Array} message @returns {Request} */
export function readRequest(message) {
  const reader = new MessageReader(message);
  const [method, target, version, ...more] = reader.line().split(' ');
  if (more.length > 0 || !TOKEN.test(method) || !/^[!-~]+$/.test(target ?? '') || !VERSION.test(version ?? '')) {
    throw new MalformedMessage('it does not begin with a request line such as `GET /path HTTP/1.1`');
  }
  const headers = reader.headers();
  const framed = first(headers, 'transfer-encoding') !== undefined || first(headers, 'content-length') !== undefined;
  const body = framed ? reader.body(headers) : reader.nothing();
  return { method, target, headers: without(withoutHopByHop(headers), 'content-length'), body };
}

/** @param {Uint8Array} message @param {string} method of the request that it answers @returns {Response} */
export function readResponse(message, method) {
  const reader = new MessageReader(message);
  const line = reader.line();
  const [version, digits] = line.split(' ');
  if (digits === undefined || !VERSION.test(version)) {
    throw new MalformedMessage('it does not begin with a status line such as `HTTP/1.1 200 OK`');
  }
  const status = statusOf(digits, line);
  const headers = reader.headers();
  const kept = withoutHopByHop(headers);
  if (method === 'HEAD') {
    return { status, headers: kept, body: NO_BYTES };
  }
  const body = status === 204 || status === 304 ? reader.nothing() : reader.body(headers);
  return { status, headers: without(kept, 'content-length'), body };
}

/** @param {string} digits @param {string} line where it stands */
export function statusOf(digits, line) {
  const status = /^[0-9]{3}$/.test(digits) ? Number(digits) : 0;
  if (status < 200 || status > 599) {
    throw new MalformedMessage(`\`${shown(line)}\` has no status from 200 to 599`);
  }
  return status;
}

/** As a raw HTTP/1.1 message with a `Content-Length`. @param {string} startLine @param {Headers} headers @param {Uint8Array} body */
export function message(startLine, headers, body) {
  const fields = without(headers, 'content-length').map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${startLine}\r\n${fields.join('')}Content-Length: ${body.length}\r\n\r\n`;
  return joined([latinBytes(head), body]);
}

/** @param {Request} request */
export function requestBytes({ method, target, headers, body }) {
  return message(`${method} ${target} HTTP/1.1`, headers, body);
}

/** @param {Uint8Array[]} parts */
export function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Bytes as ISO 8859-1 shows them. @param {Uint8Array} bytes */
export function latin(bytes) {
  let text = '';
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return text;
}

/** @param {string} text */
export function latinBytes(text) {
  return Uint8Array.from(text, char => char.charCodeAt(0));
}

/** The part of a target before its query. @param {string} target */
export function pathOf(target) {
  return target.split('?', 1)[0];
}

/** Without its question mark; empty if there is none. @param {string} target */
export function queryOf(target) {
  const at = target.indexOf('?');
  return at < 0 ? '' : target.slice(at + 1);
}
