import { all, first } from './http/message.js';
import { bytesOf } from './memory.js';
import { signInForm, signedInPage } from './sign-in-page.js';

/** @import { Description } from './description.js' */
/** @import { GatewayRequest, GatewayResponse } from './answers.js' */
/** @import { Outcome, Refused, Users } from './users.js' */

export const SIGN_IN_PATH = '/_parigot/auth/';

const SESSION = 'parigot-session';
const MAX_AGE = 400 * 24 * 60 * 60;
const NOBODY = { status: 401, type: 'sign-in-needed', detail: 'Nobody is signed in.', next: `Sign in at ${SIGN_IN_PATH}.` };

/**
 * How the users of an app sign in, as in production: answers everything under `/_parigot/auth/`, and tells the gateway who is
 * signed in. There is one visitor here, and no other site.
 */
export class SignIn {
  #app;
  #users;

  /** @param {Description} app @param {Users} users */
  constructor(app, users) {
    this.#app = app;
    this.#users = users;
  }

  /** Whether a request is to be answered here. @param {GatewayRequest} request */
  static isFor({ path }) {
    return path.startsWith(SIGN_IN_PATH) || `${path}/` === SIGN_IN_PATH;
  }

  /** The request as the app gets it: with its user, and without the cookie. @param {GatewayRequest} request @returns {GatewayRequest} */
  known(request) {
    const token = tokenOf(request);
    return token === null
      ? request
      : { ...request, headers: withoutSession(request.headers), user: this.#users.user(token) };
  }

  /** @param {GatewayRequest} request @returns {Promise<GatewayResponse>} */
  async answer(request) {
    const rest = request.path.slice(SIGN_IN_PATH.length);
    const read = request.method === 'GET' || request.method === 'HEAD';
    if (`${request.path}/` === SIGN_IN_PATH) {
      return redirect(SIGN_IN_PATH);
    }
    if (rest.startsWith('oidc/')) {
      const next = nextOf(new URLSearchParams(request.query).get('next'));
      const why = { status: 404, type: 'provider-not-here', detail: 'Nobody is signed in by a provider in a demo.', next: 'Sign up with an e-mail and a password.' };
      return page(404, signInForm(this.#app, { up: false, next, email: '', name: '', mistake: told(why) }));
    }
    if (rest === 'me') {
      const user = this.#users.user(tokenOf(request));
      return !read ? otherwise('GET') : user ? json(200, user.claims) : problem(NOBODY);
    }
    if (rest === '' || (read && ['sign-in', 'sign-up', 'sign-out'].includes(rest))) {
      return read ? this.#shown(request, rest === 'sign-up') : otherwise('GET');
    }
    if (!['sign-in', 'sign-up', 'sign-out'].includes(rest)) {
      return problem({ status: 404, type: 'not-found', detail: 'There is nothing at this address.', next: `The page to sign in is ${SIGN_IN_PATH}.` });
    }
    return request.method === 'POST' ? this.#post(request, rest) : otherwise('GET, POST');
  }

  /** @param {GatewayRequest} request @param {boolean} up */
  #shown(request, up) {
    const next = nextOf(new URLSearchParams(request.query).get('next'));
    const user = this.#users.user(tokenOf(request));
    return page(200, user ? signedInPage(this.#app, user, next) : signInForm(this.#app, { up, next, email: '', name: '', mistake: '' }));
  }

  /** @param {GatewayRequest} request @param {string} what */
  async #post(request, what) {
    const type = (first(request.headers, 'content-type') ?? '').split(';')[0].trim().toLowerCase();
    const form = type === 'application/x-www-form-urlencoded';
    if (!form && type !== 'application/json') {
      return problem({ status: 403, type: 'foreign-request', detail: 'This request was not made by a page of the app itself.', next: 'Send it from a page of the app, or as application/json.' });
    }
    const fields = form ? new Map(new URLSearchParams(textOf(request.body))) : jsonFields(request.body);
    if (!fields) {
      return problem({ status: 400, type: 'invalid-request', detail: 'The request is no JSON object.', next: 'Send one such as {"email":"ada@example.org","password":"…"}, as application/json.' });
    }
    const next = nextOf(fields.get('next') ?? null);
    if (what === 'sign-out') {
      this.#users.signOut(tokenOf(request));
      return withCookie(form ? redirect(next) : empty(204), '', 0);
    }
    const up = what === 'sign-up';
    const [email, name, password] = ['email', 'name', 'password'].map(field => fields.get(field) ?? '');
    const outcome = await this.#attempt(up, email, password, name);
    if ('status' in outcome) {
      return form ? page(outcome.status, signInForm(this.#app, { up, next, email, name, mistake: told(outcome) })) : problem(outcome);
    }
    this.#users.signOut(tokenOf(request));
    return withCookie(form ? redirect(next) : json(up ? 201 : 200, outcome.user.claims), outcome.token, MAX_AGE);
  }

  /** @param {boolean} up @param {string} email @param {string} password @param {string} name @returns {Promise<Outcome>} */
  async #attempt(up, email, password, name) {
    if (!up) {
      return this.#users.signIn(email, password);
    }
    return this.#app.signIn.signUp
      ? this.#users.signUp(email, password, name)
      : { status: 403, type: 'sign-up-closed', detail: 'This app takes no new users.', next: 'Ask those who run it.' };
  }
}

/** What those are told who are not signed in and should be: a browser that asks for a page is shown the way. @param {GatewayRequest} request */
export function signInNeeded(request) {
  const { method, path, query, headers } = request;
  const target = query === '' ? path : `${path}?${query}`;
  return method === 'GET' && first(headers, 'accept')?.includes('text/html')
    ? redirect(`${SIGN_IN_PATH}?next=${encodeURIComponent(target)}`)
    : problem(NOBODY);
}

/** @param {GatewayRequest} request */
function tokenOf({ headers }) {
  const pair = all(headers, 'cookie')
    .flatMap(line => line.split(';'))
    .map(each => each.trim())
    .find(each => each.startsWith(`${SESSION}=`));
  return pair ? pair.slice(SESSION.length + 1) : null;
}

/** @param {GatewayRequest['headers']} headers */
function withoutSession(headers) {
  return headers
    .map(([name, value]) => {
      const kept = value.split(';').filter(pair => !pair.trim().startsWith(`${SESSION}=`));
      return /** @type {[string, string]} */ ([name, name.toLowerCase() === 'cookie' ? kept.join(';').trim() : value]);
    })
    .filter(([name, value]) => name.toLowerCase() !== 'cookie' || value !== '');
}

/** A path of the app itself, else its first page. @param {string | null} asked */
function nextOf(asked) {
  return asked && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(asked) && asked.length <= 2000 ? asked : '/';
}

/** @param {Uint8Array} bytes */
function textOf(bytes) {
  return new TextDecoder().decode(bytes);
}

/** @param {Uint8Array} body @returns {Map<string, string> | null} */
function jsonFields(body) {
  try {
    const read = body.length === 0 ? {} : JSON.parse(textOf(body));
    return typeof read !== 'object' || read === null || Array.isArray(read)
      ? null
      : new Map(Object.entries(read).filter(([, value]) => typeof value === 'string'));
  } catch {
    return null;
  }
}

/** @param {Refused} refused */
function told({ detail, next }) {
  return `${detail} ${next}`;
}

/** @param {number} status @param {string} type @param {string} text @returns {GatewayResponse} */
function answer(status, type, text) {
  return {
    status,
    headers: [['Content-Type', type], ['Cache-Control', 'no-store'], ['X-Content-Type-Options', 'nosniff']],
    body: bytesOf(text),
  };
}

/** @param {number} status @returns {GatewayResponse} */
function empty(status) {
  return { status, headers: [['Cache-Control', 'no-store']], body: new Uint8Array(0) };
}

/** @param {number} status @param {string} text */
function json(status, text) {
  return answer(status, 'application/json', text);
}

/** @param {number} status @param {string} html */
function page(status, html) {
  return answer(status, 'text/html; charset=utf-8', html);
}

/** @param {Refused} refused */
function problem({ status, type, detail, next }) {
  const told = answer(status, 'application/problem+json', JSON.stringify({ type: `urn:parigot:problem:${type}`, status, detail, next }));
  if (status === 401) {
    // RFC 9110 asks for one; no browser knows it, and so none opens a window of its own.
    told.headers.push(['WWW-Authenticate', `Session location="${SIGN_IN_PATH}"`]);
  }
  return told;
}

/** @param {string} allowed */
function otherwise(allowed) {
  const told = problem({ status: 405, type: 'method-not-allowed', detail: `This address takes ${allowed} only.`, next: '' });
  told.headers.push(['Allow', allowed]);
  return told;
}

/** @param {string} location @returns {GatewayResponse} */
function redirect(location) {
  const sent = empty(303);
  sent.headers.push(['Location', location]);
  return sent;
}

/** @param {GatewayResponse} sent @param {string} token @param {number} age in seconds */
function withCookie(sent, token, age) {
  sent.headers.push(['Set-Cookie', `${SESSION}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax`]);
  return sent;
}
