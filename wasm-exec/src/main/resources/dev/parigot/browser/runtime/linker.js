import * as callImport from './imports/call.js';
import * as channelImport from './imports/channel.js';
import * as clockImport from './imports/clock.js';
import * as configImport from './imports/config.js';
import * as futureImport from './imports/future.js';
import * as httpImport from './imports/http.js';
import * as keyValueImport from './imports/key-value.js';
import * as logImport from './imports/log.js';
import * as queueImport from './imports/queue.js';
import * as randomImport from './imports/random.js';
import * as testImport from './imports/test.js';
import * as traceImport from './imports/trace.js';
import * as wasiImport from './imports/wasi.js';
import { PREFIX as ASYNC, asyncCall } from './imports/async.js';
import { PREFIX as SERVICE, serviceCall } from './imports/service.js';

/** @import { Guest } from './guest.js' */
/** @import { Instance } from './instance.js' */
/** @import { Program } from './program.js' */

/** @type {Record<string, (guest: Guest) => Record<string, Function>>} */
const MODULES = {
  [callImport.NAME]: callImport.call,
  [channelImport.NAME]: channelImport.channel,
  [clockImport.NAME]: clockImport.clock,
  [configImport.NAME]: configImport.config,
  [futureImport.NAME]: futureImport.future,
  [httpImport.NAME]: httpImport.http,
  [keyValueImport.NAME]: keyValueImport.keyValue,
  [logImport.NAME]: logImport.log,
  [queueImport.NAME]: queueImport.queue,
  [randomImport.NAME]: randomImport.random,
};

/**
 * Everything that a module imports. In a wound one it is `MODULE@SERVICE`, since a pointer is into that service's memory.
 *
 * @param {WebAssembly.Module} module
 * @param {Instance} instance
 * @param {Program} program
 * @returns {WebAssembly.Imports}
 */
export function importsOf(module, instance, program) {
  /** @type {Record<string, Record<string, Function>>} */
  const provided = {};
  for (const { module: name } of WebAssembly.Module.imports(module)) {
    if (!(name in provided)) {
      const at = name.lastIndexOf('@');
      const guest = instance.guest(at < 0 ? null : name.slice(at + 1));
      provided[name] = functionsOf(at < 0 ? name : name.slice(0, at), guest, instance, program);
    }
  }
  return /** @type {WebAssembly.Imports} */ (provided);
}

/**
 * @param {string} name
 * @param {Guest} guest
 * @param {Instance} instance
 * @param {Program} program
 * @returns {Record<string, Function>}
 */
function functionsOf(name, guest, instance, program) {
  if (name.startsWith(SERVICE)) {
    return methods(method => serviceCall(guest, program, name.slice(SERVICE.length), method));
  }
  if (name.startsWith(ASYNC)) {
    return methods(method => asyncCall(guest, program, name.slice(ASYNC.length), method));
  }
  if (name === traceImport.NAME) {
    return traceImport.trace(instance);
  }
  if (name === wasiImport.NAME) {
    return wasiImport.wasi(guest, () => instance.stdio(guest));
  }
  if (name === testImport.NAME && guest.situation.test) {
    return testImport.test(guest, guest.situation.test);
  }
  return MODULES[name]?.(guest) ?? {};
}

/** Any name is a method of a service. @param {(method: string) => Function} call @returns {Record<string, Function>} */
function methods(call) {
  return new Proxy({}, { get: (_, method) => call(String(method)) });
}
