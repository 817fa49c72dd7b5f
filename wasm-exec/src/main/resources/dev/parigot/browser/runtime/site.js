import { all, first } from './http/message.js';
import { mediaTypeOf } from './media-types.js';
import { otherMethod, redirectAnswer } from './answers.js';

/** @import { Description, SiteFile } from './description.js' */
/** @import { GatewayRequest, GatewayResponse } from './answers.js' */
/** @import { Headers } from './http/message.js' */

const NO_BYTES = new Uint8Array(0);

/** Serves the files of an app's site; their bytes are fetched by whoever sends the answer. */
export class Site {
  #files;

  /** @param {Description} app */
  constructor(app) {
    this.#files = new Map(Object.entries(app.site?.files ?? {}));
  }

  /**
   * The answer, if there is a file, or a folder with an `index.html`.
   *
   * @param {{ segments: string[], folder: boolean }} target
   * @param {GatewayRequest} request
   */
  answer({ segments, folder }, request) {
    let path = segments.join('/');
    if (folder) {
      path = path === '' ? 'index.html' : `${path}/index.html`;
    } else if (this.#files.has(`${path}/index.html`)) {
      return redirectAnswer(withSlash(request));
    }
    const file = this.#files.get(path);
    return file ? answer(path, file, request) : null;
  }
}

/** The path with a slash at its end, and the query. @param {GatewayRequest} request */
export function withSlash({ path, query }) {
  return `${path}/${query === '' ? '' : `?${query}`}`;
}

/** @param {string} path @param {SiteFile} file @param {GatewayRequest} request @returns {GatewayResponse} */
function answer(path, { digest, size, file }, request) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return otherMethod(request, 'GET, HEAD, OPTIONS', 'A file of the site is read by GET.');
  }
  const etag = `"${digest.slice(digest.indexOf(':') + 1)}"`;
  /** @type {Headers} */
  const headers = [['ETag', etag], ['Cache-Control', 'no-cache']];
  if (listsTag(request, etag)) {
    return { status: 304, headers, body: NO_BYTES };
  }
  headers.push(
    ['Content-Type', mediaTypeOf(path)],
    ['Accept-Ranges', 'bytes'],
    ['X-Content-Type-Options', 'nosniff'],
  );
  const whole = { status: 200, headers, body: NO_BYTES, part: { file, first: 0, length: size } };
  const range = first(request.headers, 'range');
  if (request.method === 'HEAD' || range === undefined || (first(request.headers, 'if-range') ?? etag) !== etag) {
    return whole;
  }
  const asked = rangeOf(range, size);
  if (asked === 'everything') {
    return whole;
  }
  if (asked === 'unsatisfiable') {
    return { status: 416, headers: [['Content-Range', `bytes */${size}`]], body: NO_BYTES };
  }
  const last = asked.first + asked.length - 1;
  return {
    status: 206,
    headers: [...headers, ['Content-Range', `bytes ${asked.first}-${last}/${size}`]],
    body: NO_BYTES,
    part: { file, ...asked },
  };
}

/** Whether If-None-Match lists this entity tag, or all; a weak tag counts as the strong one. @param {GatewayRequest} request @param {string} etag */
function listsTag(request, etag) {
  return all(request.headers, 'if-none-match')
    .flatMap(line => line.split(','))
    .map(tag => tag.trim().replace(/^W\//, ''))
    .some(tag => tag === '*' || tag === etag);
}

/**
 * What a Range header asks of a file of that size (RFC 9110, 14). One that asks for several ranges, or is none, is ignored.
 *
 * @param {string} header
 * @param {number} size
 * @returns {{ first: number, length: number } | 'everything' | 'unsatisfiable'}
 */
function rangeOf(header, size) {
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/.exec(header);
  if (!match || (match[1] === '' && match[2] === '')) {
    return 'everything';
  }
  if (match[1] === '') {
    const count = Math.min(Number(match[2]), size);
    return count === 0 ? 'unsatisfiable' : { first: size - count, length: count };
  }
  const from = Number(match[1]);
  const to = match[2] === '' ? size - 1 : Number(match[2]);
  if (match[2] !== '' && to < from) {
    return 'everything';
  }
  return from >= size ? 'unsatisfiable' : { first: from, length: Math.min(to, size - 1) - from + 1 };
}
