import { MalformedMessage, MessageReader, first, latinBytes, pathOf, queryOf, statusOf, without, withoutHopByHop } from './message.js';
import { textOf } from '../memory.js';

/** @import { Headers, Request, Response } from './message.js' */

/** The Common Gateway Interface (RFC 3875): a request as variables, and a program's output read. */

const NO_BYTES = new Uint8Array(0);

/**
 * @param {Request} request
 * @param {string} service whose command it is: `SCRIPT_NAME` is `/service` for what lies under that, else empty
 */
export function cgiVariables(request, service) {
  const path = pathOf(request.target);
  const script = path.startsWith(`/${service}/`) ? `/${service}` : '';
  const host = first(request.headers, 'host') ?? 'localhost';
  const colon = host.lastIndexOf(':');
  const port = colon > host.lastIndexOf(']') && /^[0-9]{1,5}$/.test(host.slice(colon + 1)) ? host.slice(colon + 1) : null;
  const peer = first(request.headers, 'x-forwarded-for') ?? '';
  const variables = headerVariables(request.headers);
  variables.set('GATEWAY_INTERFACE', 'CGI/1.1');
  variables.set('SERVER_PROTOCOL', 'HTTP/1.1');
  variables.set('SERVER_SOFTWARE', 'Parigot');
  variables.set('SERVER_NAME', port === null ? host : host.slice(0, colon));
  variables.set('SERVER_PORT', String(Number(port ?? 80)));
  variables.set('REMOTE_ADDR', peer);
  variables.set('REMOTE_HOST', peer);
  variables.set('REQUEST_METHOD', request.method);
  variables.set('REQUEST_URI', request.target);
  variables.set('SCRIPT_NAME', script);
  variables.set('PATH_INFO', decoded(path.slice(script.length)));
  variables.set('QUERY_STRING', queryOf(request.target));
  if (request.body.length > 0) {
    variables.set('CONTENT_LENGTH', String(request.body.length));
  }
  const type = first(request.headers, 'content-type');
  if (type !== undefined) {
    variables.set('CONTENT_TYPE', type);
  }
  return variables;
}

/** Fields as `HTTP_NAME`; those that two names could stand for are left out. @param {Headers} headers */
function headerVariables(headers) {
  /** @type {Map<string, string>} */
  const variables = new Map();
  for (const [field, value] of headers) {
    const name = field.toUpperCase();
    // A client must not be able to set what programs read as the proxy to use.
    if (!['CONTENT-TYPE', 'CONTENT-LENGTH', 'PROXY'].includes(name) && /^[A-Z0-9-]+$/.test(name)) {
      const key = `HTTP_${name.replaceAll('-', '_')}`;
      const text = textOf(latinBytes(value));
      const before = variables.get(key);
      variables.set(key, before === undefined ? text : before + (name === 'COOKIE' ? '; ' : ', ') + text);
    }
  }
  return variables;
}

/** @param {string} path */
function decoded(path) {
  if (/%(?![0-9A-Fa-f]{2})|%00/.test(path)) {
    throw new MalformedMessage('the path is not well encoded');
  }
  return textOf(latinBytes(path.replace(/%(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))));
}

/**
 * Reads what a program wrote: a response, or the path of this server that is to be answered instead.
 *
 * @param {Uint8Array} output
 * @param {string} method of the request that it answers
 * @returns {{ response: Response } | { redirect: string }}
 */
export function readCgi(output, method) {
  const reader = new MessageReader(output);
  const written = reader.headers();
  const body = reader.rest();
  if (written.length === 0) {
    throw new MalformedMessage('it has no headers: Content-Type, Location or Status is needed');
  }
  const location = first(written, 'location');
  if (written.length === 1 && body.length === 0 && location && /^\/(?!\/)/.test(location)) {
    return { redirect: location };
  }
  const told = first(written, 'status');
  const status =
    told === undefined ? (location === undefined ? 200 : 302) : statusOf(told.split(' ', 1)[0], `Status: ${told}`);
  const headers = withoutHopByHop(without(written, 'status'));
  const none = status === 204 || status === 304;
  if (method === 'HEAD' || none) {
    const length = /** @type {Headers} */ ([['Content-Length', String(body.length)]]);
    const kept = none || first(headers, 'content-length') !== undefined ? headers : [...headers, ...length];
    return { response: { status, headers: kept, body: NO_BYTES } };
  }
  return { response: { status, headers: without(headers, 'content-length'), body } };
}
