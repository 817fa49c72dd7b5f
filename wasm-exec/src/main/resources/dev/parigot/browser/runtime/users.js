/** @import { User } from './program.js' */

/**
 * The users of an app in this browser: who has signed up here, and the sessions in which they are signed in.
 *
 * @typedef {{ id: string, email: string, name: string, salt: string, password: string }} Known
 * @typedef {{ known: Known[], sessions: [token: string, id: string][] }} Directory
 *
 * What became of the wish to be signed in: a session, or a problem as RFC 9457 has it.
 * @typedef {{ token: string, user: User } | Refused} Outcome
 * @typedef {{ status: number, type: string, detail: string, next: string }} Refused
 */

const ROUNDS = 50_000;
const MOST_SESSIONS = 50;

/** What a browser keeps of an app has the same rules as production, but for how often one may try. */
export class Users {
  #directory;
  #changed;
  #random;
  #now;

  /**
   * @param {Directory} directory
   * @param {(directory: Directory) => void} changed
   * @param {(bytes: Uint8Array) => void} random
   * @param {() => number} now
   */
  constructor(directory, changed, random, now) {
    this.#directory = directory;
    this.#changed = changed;
    this.#random = random;
    this.#now = now;
  }

  /** Who is signed in by that session. @param {string | null} token @returns {User | null} */
  user(token) {
    const session = this.#directory.sessions.find(([each]) => each === token);
    const known = session && this.#directory.known.find(({ id }) => id === session[1]);
    return known ? userOf(known) : null;
  }

  /** @param {string} typed @param {string} password @param {string} name @returns {Promise<Outcome>} */
  async signUp(typed, password, name) {
    const email = typed.trim().toLowerCase();
    if (!/^[^@\s]+@[^@\s]+$/.test(email)) {
      return refused(400, 'email-invalid', 'That is not an e-mail address.', 'It has a name, an @ and a domain, such as ada@example.org.');
    }
    if (password.length < 8 || password.length > 256) {
      const how = password.length < 8 ? 'longer' : 'shorter';
      return refused(400, 'password-invalid', 'A password has 8 to 256 characters.', `Choose one that is ${how}.`);
    }
    const salt = this.#word(16);
    const hash = await hashOf(password, salt);
    if (this.#find(email)) {
      return refused(409, 'email-taken', 'Somebody has signed up with that e-mail already.', 'Sign in with it, or use another e-mail.');
    }
    const id = this.#now().toString(16).padStart(12, '0') + this.#word(10);
    const known = { id, email, name: name.trim() || email.slice(0, email.indexOf('@')), salt, password: hash };
    this.#directory = { ...this.#directory, known: [...this.#directory.known, known] };
    return this.#begin(known);
  }

  /** @param {string} typed @param {string} password @returns {Promise<Outcome>} */
  async signIn(typed, password) {
    const known = this.#find(typed.trim().toLowerCase());
    const right = known && known.password === (await hashOf(password, known.salt));
    return right
      ? this.#begin(known)
      : refused(401, 'credentials-wrong', 'The e-mail or the password is not right.', 'Try again, or sign up.');
  }

  /** @param {string | null} token */
  signOut(token) {
    const sessions = this.#directory.sessions.filter(([each]) => each !== token);
    if (sessions.length < this.#directory.sessions.length) {
      this.#keep({ ...this.#directory, sessions });
    }
  }

  /** @param {string} email */
  #find(email) {
    return this.#directory.known.find(each => each.email === email);
  }

  /** @param {Known} known @returns {Outcome} */
  #begin(known) {
    const token = this.#word(32);
    const sessions = [...this.#directory.sessions, /** @type {[string, string]} */ ([token, known.id])].slice(-MOST_SESSIONS);
    this.#keep({ ...this.#directory, sessions });
    return { token, user: userOf(known) };
  }

  /** @param {Directory} directory */
  #keep(directory) {
    this.#directory = directory;
    this.#changed(directory);
  }

  /** @param {number} length in bytes */
  #word(length) {
    const bytes = new Uint8Array(length);
    this.#random(bytes);
    return hex(bytes);
  }
}

/** @param {Known} known @returns {User} */
function userOf({ id, email, name }) {
  return { id, claims: JSON.stringify({ id, email, email_verified: false, name, provider: 'password' }) };
}

/** @param {number} status @param {string} type @param {string} detail @param {string} next @returns {Refused} */
function refused(status, type, detail, next) {
  return { status, type, detail, next };
}

/** @param {string} password @param {string} salt */
async function hashOf(password, salt) {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, ['deriveBits']);
  const rule = { name: 'PBKDF2', hash: 'SHA-256', salt: encoder.encode(salt), iterations: ROUNDS };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(rule, key, 256)));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
