/**
 * An app as its export describes it; Java writes it (`AppDescription`).
 *
 * @typedef {object} Description
 * @property {string} name
 * @property {ServiceDescription[]} services callees first
 * @property {{ file: string, bytes: number } | null} wound
 * @property {{ service: string | null, files: Record<string, SiteFile> } | null} site
 * @property {{ name: string, schedule: string, timezone: string, call: string }[]} cron
 * @property {{ name: string, deliver: string, attempts: number, fifo?: string | boolean | null }[]} queues
 * @property {{ name: string, public: boolean, signedIn: boolean }[]} channels
 * @property {Record<string, string>} config
 * @property {string[]} outbound
 * @property {{ signUp: boolean, ways: string[] }} signIn whether visitors may sign up, and what they know the providers by that there are once it is deployed
 * @property {Record<string, string | { base64: string }>} data what the store holds at first
 *
 * @typedef {object} ServiceDescription
 * @property {string} name
 * @property {'service' | 'plain' | 'command' | 'test'} kind
 * @property {string} digest of the module as it was pushed
 * @property {number} bytes of the same
 * @property {string} file what is run if it is not wound with the others
 * @property {boolean | string[]} public
 * @property {boolean} signedIn whether only those who are signed in can reach it
 * @property {number | null} timeoutMs null for as long as it takes
 * @property {Method[]} methods
 * @property {{ service: string, method: string, async: boolean }[]} calls
 * @property {string[]} uses import modules
 *
 * @typedef {object} Method
 * @property {string} name
 * @property {string[]} [params] of a plain module's export
 * @property {string[]} [results]
 *
 * A call that a wound module can make, as its section `parigot.wind` lists them.
 * @typedef {{ from: string, to: string, method: string }} Edge
 * @typedef {{ digest: string, size: number, file: string }} SiteFile
 */

/**
 * What the store holds when the app is first opened, and when a visitor starts over: keys as the store has them, with their values.
 *
 * @param {Description} app
 * @returns {[string, Uint8Array][]}
 */
export function startingData({ data }) {
  const encoder = new TextEncoder();
  return Object.entries(data).map(([key, value]) => [
    String.fromCharCode(...encoder.encode(key)),
    typeof value === 'string' ? encoder.encode(value) : Uint8Array.from(atob(value.base64), char => char.charCodeAt(0)),
  ]);
}
