/**
 * An app as its export describes it; Java writes it (`AppDescription`).
 *
 * @typedef {object} Description
 * @property {string} name
 * @property {ServiceDescription[]} services callees first
 * @property {{ file: string, bytes: number } | null} wound
 * @property {{ service: string | null, files: Record<string, SiteFile> } | null} site
 * @property {{ name: string, schedule: string, timezone: string, call: string }[]} cron
 * @property {{ name: string, deliver: string, attempts: number }[]} queues
 * @property {Record<string, string>} config
 * @property {string[]} outbound
 *
 * @typedef {object} ServiceDescription
 * @property {string} name
 * @property {'service' | 'plain' | 'command' | 'test'} kind
 * @property {string} digest of the module as it was pushed
 * @property {number} bytes of the same
 * @property {string} file what is run if it is not wound with the others
 * @property {boolean | string[]} public
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

export {};
