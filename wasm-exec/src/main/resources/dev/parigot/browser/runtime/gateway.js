import { MalformedMessage, first, readResponse, requestBytes, without, withoutHopByHop } from './http/message.js';
import { Routes } from './routes.js';
import { Site, withSlash } from './site.js';
import { codeOf, MESSAGE_BYTES } from './outcome.js';
import { failedAnswer, headAnswer, notFound, otherMethod, ownAnswer, redirectAnswer, returnedAnswer, textAnswer, withHeader } from './answers.js';
import { signInNeeded } from './sign-in.js';
import { readCgi } from './http/cgi.js';

/** @import { Description } from './description.js' */
/** @import { GatewayRequest, GatewayResponse } from './answers.js' */
/** @import { Outcome } from './outcome.js' */
/** @import { User } from './program.js' */
/** @import { RoutedService, Web } from './routes.js' */

/** How often a command may send a request on to another path of the app. */
const MOST_REDIRECTS = 10;
/** The platform's own; no service and no file of a site is found under it. */
const OWN = '/_parigot/';
const NO_BYTES = new Uint8Array(0);
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Finds what a request from outside is for, and answers it, by the rules of production: a method of a public service, else its
 * `http` method or command, else a file of the site, else the site's service, else nothing. What is private is answered as if
 * it did not exist. Both are held to the same table of cases, `sdk/gateway/routes.json`.
 */
export class Gateway {
  #routes;
  #site;
  #call;
  #tell;

  /**
   * @param {Description} app
   * @param {(service: string, method: string, request: Uint8Array, user: User | null) => Outcome} call
   * @param {(service: string, message: string) => void} tell an app of what is wrong with its answers
   */
  constructor(app, call, tell) {
    this.#routes = new Routes(app);
    this.#site = new Site(app);
    this.#call = call;
    this.#tell = tell;
  }

  /** Every failure is an answer too. @param {GatewayRequest} request @returns {GatewayResponse} */
  answer(request) {
    const answer = this.#answer(request);
    return request.method === 'HEAD' ? headAnswer(answer) : answer;
  }

  /** @param {GatewayRequest} request */
  #answer(request) {
    if (request.body.length > MESSAGE_BYTES) {
      return textAnswer(413, 'A request has 10 MiB at most.');
    }
    let next = request;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = this.#answerOnce(next);
      if (typeof answer !== 'string') {
        return answer;
      }
      next = elsewhere(next, answer);
    }
    return textAnswer(502, 'The command sends the request on without end.');
  }

  /** A response, or the target that a command asks to be answered instead. @param {GatewayRequest} request */
  #answerOnce(request) {
    if (request.path.startsWith(OWN)) {
      return ownAnswer(request);
    }
    const target = targetOf(request.path);
    const service = target ? this.#routes.service(target.segments[0] ?? '') : undefined;
    const method = target && service && isMethodOf(service, target);
    if (method && request.method === 'POST') {
      if (service.signedIn && !request.user) {
        return signInNeeded(request);
      }
      const outcome = this.#call(service.name, target.segments[1], request.body, request.user ?? null);
      return outcome.kind === 'returned' ? returnedAnswer(outcome.bytes) : failed(service.name, outcome);
    }
    const web = this.#routes.web(request.path);
    if (web) {
      return this.#web(web, request);
    }
    if (!target) {
      return textAnswer(400, `The path is no valid one: ${request.path}`);
    }
    const file = this.#site.answer(target, request);
    if (file) {
      return file;
    }
    if (target.segments.length === 1 && service?.web) {
      return redirectAnswer(withSlash(request));
    }
    if (this.#routes.site && !method) {
      return this.#web(this.#routes.site, request);
    }
    return method
      ? otherMethod(request, 'POST, OPTIONS', 'A method of a service is called by POST.')
      : notFound(this.#routes, service, target.segments, request);
  }

  /** @param {Web} web @param {GatewayRequest} request @returns {GatewayResponse | string} */
  #web({ service, command, signedIn }, request) {
    if (signedIn && !request.user) {
      return signInNeeded(request);
    }
    const outcome = this.#call(service, 'http', message(request), request.user ?? null);
    if (outcome.kind !== 'returned') {
      return command && outcome.kind === 'trapped'
        ? textAnswer(502, `${service} failed: ${outcome.reason.split('\n')[0]}`)
        : failed(service, outcome);
    }
    try {
      if (!command) {
        return ofUser(signedIn, readResponse(outcome.bytes, request.method));
      }
      const answer = readCgi(outcome.bytes, request.method);
      return 'redirect' in answer ? answer.redirect : ofUser(signedIn, answer.response);
    } catch (thrown) {
      if (!(thrown instanceof MalformedMessage)) {
        throw thrown;
      }
      const text = command
        ? `What ${service} wrote is no CGI response: ${thrown.message}`
        : `What ${service}.http answered is no HTTP response: ${thrown.message}`;
      this.#tell(service, `502 ${text}`);
      return textAnswer(502, text);
    }
  }
}

/** What is a user's is in no cache that others use, unless the service says otherwise. @param {boolean} signedIn @param {GatewayResponse} answer */
function ofUser(signedIn, answer) {
  return signedIn && first(answer.headers, 'cache-control') === undefined
    ? withHeader(answer, 'Cache-Control', 'private, no-cache')
    : answer;
}

/** @param {GatewayRequest} request @param {string} target @returns {GatewayRequest} */
function elsewhere(request, target) {
  const query = target.indexOf('?');
  return {
    method: request.method === 'HEAD' ? 'HEAD' : 'GET',
    path: query < 0 ? target : target.slice(0, query),
    query: query < 0 ? '' : target.slice(query + 1),
    headers: request.headers,
    body: NO_BYTES,
    user: request.user,
  };
}

/** @param {GatewayRequest} request */
function message({ method, path, query, headers, body }) {
  const kept = without(withoutHopByHop(headers), 'content-length', 'x-forwarded-for');
  return requestBytes({
    method,
    target: path + (query === '' ? '' : `?${query}`),
    headers: [...kept, ['X-Forwarded-For', first(headers, 'x-forwarded-for') ?? '127.0.0.1']],
    body,
  });
}

/** @param {string} service @param {Outcome} outcome that is no return */
function failed(service, outcome) {
  switch (outcome.kind) {
    case 'failed':
      return failedAnswer(outcome.code, outcome.message, outcome.begun);
    case 'trapped':
      return failedAnswer(500, `${service} trapped: ${outcome.reason.split('\n')[0]}`);
    default:
      return failedAnswer(
        codeOf(outcome),
        service + (codeOf(outcome) === 408 ? ' took too long.' : ' ran out of memory.'),
      );
  }
}

/** @param {RoutedService} service @param {{ segments: string[], folder: boolean }} target */
function isMethodOf(service, { segments, folder }) {
  return segments.length === 2 && !folder && service.methods.includes(segments[1]);
}

/** Decodes a path; null if it is none, or has a segment that could lead out of the site. @param {string} path */
function targetOf(path) {
  if (!path.startsWith('/')) {
    return null;
  }
  const segments = path.slice(1).split('/');
  const folder = segments[segments.length - 1] === '';
  if (folder) {
    segments.pop();
  }
  const decoded = segments.map(decode);
  return decoded.every(isPlain) ? { segments: /** @type {string[]} */ (decoded), folder } : null;
}

/** Null if it is not well encoded, or no UTF-8. @param {string} segment */
function decode(segment) {
  if (/%(?![0-9A-Fa-f]{2})/.test(segment)) {
    return null;
  }
  try {
    const bytes = new TextEncoder().encode(segment);
    /** @type {number[]} */
    const plain = [];
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] === 0x25) {
        plain.push(parseInt(String.fromCharCode(bytes[i + 1], bytes[i + 2]), 16));
        i += 2;
      } else {
        plain.push(bytes[i]);
      }
    }
    return STRICT.decode(Uint8Array.from(plain));
  } catch {
    return null;
  }
}

/** @param {string | null} segment */
function isPlain(segment) {
  return (
    segment !== null &&
    segment !== '' &&
    segment !== '.' &&
    segment !== '..' &&
    ![...segment].some(char => char === '/' || char === '\\' || char < ' ' || char === '\u007f')
  );
}
