import { bytesOf } from './memory.js';
import { first } from './http/message.js';
import { nearest } from './spelling.js';

/** @import { Headers } from './http/message.js' */
/** @import { User } from './program.js' */
/** @import { Routes, RoutedService } from './routes.js' */

/**
 * A request from outside, read whole.
 *
 * @typedef {object} GatewayRequest
 * @property {string} method
 * @property {string} path as sent, undecoded, without the query
 * @property {string} query without the question mark, or empty
 * @property {Headers} headers
 * @property {Uint8Array} body
 * @property {User | null} [user] who is signed in
 *
 * @typedef {object} GatewayResponse
 * @property {number} status
 * @property {Headers} headers
 * @property {Uint8Array} body
 * @property {{ file: string, first: number, length: number }} [part] of a file of the site that is the body instead
 * @property {string} [stream] a channel whose events go on after the body
 * @property {boolean} [ofUsers] whether it is told to those alone who are signed in
 */

const NO_BYTES = new Uint8Array(0);
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a method returned. @param {Uint8Array} body @returns {GatewayResponse} */
export function returnedAnswer(body) {
  const type = isJson(body) ? 'application/json' : 'application/octet-stream';
  return { status: 200, headers: [['Content-Type', type], ['X-Content-Type-Options', 'nosniff']], body };
}

/** Whether the bytes are one JSON value. @param {Uint8Array} bytes */
function isJson(bytes) {
  try {
    JSON.parse(STRICT.decode(bytes));
    return true;
  } catch {
    return false;
  }
}

/**
 * An error of the ABI: codes of HTTP are themselves, from 1000 on they are the app's own.
 *
 * @param {number} code
 * @param {string} message
 * @param {boolean} [begun] whether the call may have had effects: if not, the answer says when to try again
 */
export function failedAnswer(code, message, begun = true) {
  if (code >= 1000) {
    return withHeader(textAnswer(422, message), 'Parigot-Error', String(code));
  }
  const answer = textAnswer(code >= 400 && code <= 599 ? code : 500, message);
  return !begun && (code === 429 || code === 503) ? withHeader(answer, 'Retry-After', '1') : answer;
}

/** @param {number} status @param {string} text @returns {GatewayResponse} */
export function textAnswer(status, text) {
  return {
    status,
    headers: [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['X-Content-Type-Options', 'nosniff'],
      ['Cache-Control', 'no-store'],
    ],
    body: bytesOf(text),
  };
}

/** To where there is something, by another method than the one that it takes. @param {GatewayRequest} request @param {string} allow @param {string} text */
export function otherMethod(request, allow, text) {
  /** @type {GatewayResponse} */
  const answer =
    request.method === 'OPTIONS' ? { status: 204, headers: [], body: NO_BYTES } : textAnswer(405, text);
  return withHeader(answer, 'Allow', allow);
}

/** @param {string} location @returns {GatewayResponse} */
export function redirectAnswer(location) {
  return { status: 308, headers: [['Location', location]], body: NO_BYTES };
}

/** With this value as the only one of its name. @param {GatewayResponse} answer @param {string} name @param {string} value @returns {GatewayResponse} */
export function withHeader(answer, name, value) {
  const others = answer.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...answer, headers: [...others, [name, value]] };
}

/** Without a body, but with the length that it would have had. @param {GatewayResponse} answer */
export function headAnswer(answer) {
  const length = answer.part ? answer.part.length : answer.body.length;
  return length === 0
    ? answer
    : { ...withHeader(answer, 'Content-Length', String(length)), body: NO_BYTES, part: undefined };
}

/**
 * Says what there is instead, of what is public.
 *
 * @param {Routes} routes
 * @param {RoutedService | undefined} service
 * @param {string[]} segments
 * @param {GatewayRequest} request
 */
export function notFound(routes, service, segments, request) {
  if (service && segments.length === 2) {
    const near = nearest(segments[1], service.methods);
    const hint = near
      ? `Did you mean "${near}"?`
      : service.methods.length === 0
        ? 'It has no public methods.'
        : 'It has these:';
    return absent(request, `The service ${service.name} has no method "${segments[1]}"`, hint, linesOf(service));
  }
  const lines = (service ? [service] : routes.services).flatMap(linesOf);
  const hint = lines.length === 0 ? 'The app has no public methods.' : 'This can be called:';
  return absent(request, `There is nothing at ${request.path}`, hint, lines);
}

/** @param {RoutedService} service */
function linesOf({ name, methods, web }) {
  const calls = methods.map(method => `POST /${name}/${method}`);
  return web ? [...calls, `any  /${name}/`] : calls;
}

/** What the platform has beside channels and its client, which are answered before. @param {GatewayRequest} request */
export function ownAnswer(request) {
  return absent(request, `There is nothing at ${request.path}`, "This part of an app's address is the platform's.", [
    '/_parigot/client.js',
    '/_parigot/client.d.ts',
    '/_parigot/channels/NAME',
  ]);
}

/** @param {GatewayRequest} request @param {string} title @param {string} hint @param {string[]} lines */
function absent(request, title, hint, lines) {
  if (!first(request.headers, 'accept')?.includes('text/html')) {
    const list = lines.length === 0 ? '' : `\n  ${lines.join('\n  ')}`;
    return textAnswer(404, `${title}. ${hint}${list}\n`);
  }
  const code = lines.length === 0 ? '' : `<pre>${escaped(lines.join('\n'))}</pre>\n`;
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
  body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 12vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.5rem }
  pre { padding: 1rem; border: 1px solid; border-radius: .5rem; overflow-x: auto }
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(hint)}</p>
${code}</html>
`;
  return withHeader(textAnswer(404, page), 'Content-Type', 'text/html; charset=utf-8');
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
