/** @import { Description, ServiceDescription } from './description.js' */

/**
 * Who speaks HTTP: a service by its method `http`, or a command.
 *
 * @typedef {{ service: string, command: boolean, signedIn: boolean }} Web
 * @typedef {{ name: string, signedIn: boolean, methods: string[], web: Web | null }} RoutedService
 */

/** What of an app can be reached from outside, as production's gateway has it. */
export class Routes {
  /** @type {Map<string, RoutedService>} */
  #services = new Map();

  /** @param {Description} app */
  constructor(app) {
    /** Who gets what no file of the site matches. @type {Web | null} */
    this.site = null;
    for (const service of app.services) {
      if (service.public !== false) {
        this.#services.set(service.name, routed(service));
      }
      if (service.name === app.site?.service) {
        this.site = web(service);
      }
    }
  }

  /** Those of which something can be reached. */
  get services() {
    return [...this.#services.values()];
  }

  /** @param {string} name */
  service(name) {
    return this.#services.get(name);
  }

  /** Who answers for that path, as it was sent. @param {string} path */
  web(path) {
    const end = path.indexOf('/', 1);
    return (end < 0 ? null : this.#services.get(path.slice(1, end))?.web) ?? null;
  }
}

/** @param {ServiceDescription} service @returns {RoutedService} */
function routed(service) {
  const exposes = (/** @type {string} */ method) =>
    service.public === true || (service.public !== false && service.public.includes(method));
  const names = service.kind === 'command' ? ['http'] : service.methods.map(({ name }) => name);
  return {
    name: service.name,
    signedIn: service.signedIn,
    methods: names.filter(name => name !== 'http' && name !== 'health' && exposes(name)),
    web: names.includes('http') && exposes('http') ? web(service) : null,
  };
}

/** @param {ServiceDescription} service @returns {Web} */
function web({ name, kind, signedIn }) {
  return { service: name, command: kind === 'command', signedIn };
}
