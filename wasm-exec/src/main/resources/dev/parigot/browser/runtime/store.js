/** @import { Change, State } from './kernel.js' */
/** @import { Store } from './supervisor.js' */

const STORES = /** @type {const} */ (['kv', 'messages', 'cookies', 'users']);
/** Since there are users. */
const VERSION = 2;
/** Where it is written that the starting data was put in. */
const ABOUT = 'about';
const ALL = [...STORES, ABOUT];

/** Answers what a request of IndexedDB comes to. @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * The state of an app in this browser, in IndexedDB. Changes are written behind the program's back, in their order; what is
 * being written when a tab is closed may be lost, as a whole. At first, and when it is cleared, it holds the app's starting data.
 *
 * @implements {Store}
 */
export class BrowserStore {
  #database;
  #starting;
  #failed;
  /** @type {Change[]} */
  #changes = [];
  /** @type {Promise<void> | null} */
  #writing = null;

  /**
   * @param {string} name
   * @param {Promise<State['kv']>} starting
   * @param {(reason: string) => void} failed told when this browser keeps nothing
   */
  constructor(name, starting, failed) {
    this.#starting = starting;
    this.#failed = failed;
    this.#database = this.#open(name);
  }

  /** @param {string} name @returns {Promise<IDBDatabase | null>} */
  async #open(name) {
    try {
      const request = indexedDB.open(name, VERSION);
      request.onupgradeneeded = () => {
        const made = request.result.objectStoreNames;
        ALL.filter(store => !made.contains(store)).forEach(store => request.result.createObjectStore(store));
      };
      return await result(request);
    } catch (thrown) {
      this.#failed(String(thrown));
      return null;
    }
  }

  /** With the starting data alone. @param {IDBDatabase} database */
  async #begin(database) {
    const starting = await this.#starting;
    const transaction = database.transaction(ALL, 'readwrite');
    STORES.forEach(store => transaction.objectStore(store).clear());
    const kept = transaction.objectStore('kv');
    starting.forEach(([key, value]) => kept.put(value, key));
    transaction.objectStore(ABOUT).put(true, 'begun');
    await done(transaction);
  }

  /** @returns {Promise<State>} */
  async load() {
    await this.#writing;
    const database = await this.#database;
    if (!database) {
      return { kv: await this.#starting, messages: [], cookies: [] };
    }
    const transaction = database.transaction(ALL);
    const kv = transaction.objectStore('kv');
    const [begun, keys, values, messages, cookies, users] = await Promise.all([
      result(transaction.objectStore(ABOUT).get('begun')),
      result(kv.getAllKeys()),
      result(kv.getAll()),
      result(transaction.objectStore('messages').getAll()),
      result(transaction.objectStore('cookies').get('all')),
      result(transaction.objectStore('users').get('all')),
    ]);
    if (!begun) {
      await this.#begin(database);
      return { kv: await this.#starting, messages: [], cookies: [] };
    }
    return { kv: keys.map((key, i) => [String(key), values[i]]), messages, cookies: cookies ?? [], users };
  }

  /** @param {Change} change */
  change(change) {
    this.#changes.push(change);
    this.#writing ??= this.#write();
  }

  async #write() {
    const database = await this.#database;
    try {
      while (database && this.#changes.length > 0) {
        const transaction = database.transaction(STORES, 'readwrite');
        for (const { store, key, value } of this.#changes.splice(0)) {
          const kept = transaction.objectStore(store);
          if (value === null) {
            kept.delete(key);
          } else {
            kept.put(value, key);
          }
        }
        await done(transaction);
      }
    } catch (thrown) {
      this.#failed(String(thrown));
    } finally {
      this.#writing = null;
    }
  }

  /** Forgets everything but the starting data. */
  async clear() {
    this.#changes = [];
    await this.#writing;
    const database = await this.#database;
    if (database) {
      await this.#begin(database);
    }
  }
}
