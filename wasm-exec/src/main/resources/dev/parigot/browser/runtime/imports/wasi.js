import { Stop } from '../outcome.js';
import { bytesOf } from '../memory.js';
import { fill } from './random.js';
import { sleep } from './clock.js';

/** @import { Guest } from '../guest.js' */
/** @import { LoggedStdio, ProgramStdio } from '../stdio.js' */

export const NAME = 'wasi_snapshot_preview1';

const SUCCESS = 0;
const BADF = 8;
const INVAL = 28;
const NOSYS = 52;
const NOTSOCK = 57;
const NOTSUP = 58;
const SPIPE = 70;

const CLOCK_REALTIME = 0;
const CLOCK_MONOTONIC = 1;
const EVENT_BYTES = 32;
const SUBSCRIPTION_BYTES = 48;
const MOST_SUBSCRIPTIONS = 1024;
const MOST_VECTORS = 1024;
/** Of what a guest wants to write at once; it is told how much was taken, as POSIX does. */
const MOST_WRITTEN_BYTES = 1 << 20;
const CHARACTER_DEVICE = 2n;
const RIGHT_READ = 1n << 1n;
const RIGHT_WRITE = 1n << 6n;

const ON_DESCRIPTORS = [
  'fd_advise', 'fd_allocate', 'fd_datasync', 'fd_filestat_get', 'fd_filestat_set_size', 'fd_filestat_set_times', 'fd_pread',
  'fd_prestat_get', 'fd_prestat_dir_name', 'fd_pwrite', 'fd_readdir', 'fd_renumber', 'fd_sync', 'path_create_directory',
  'path_filestat_get', 'path_filestat_set_times', 'path_link', 'path_open', 'path_readlink', 'path_remove_directory',
  'path_rename', 'path_symlink', 'path_unlink_file',
];
const ON_SOCKETS = ['sock_accept', 'sock_recv', 'sock_send', 'sock_shutdown'];

/**
 * `wasi_snapshot_preview1`, as far as language runtimes need it: arguments, environment, clocks, randomness and the
 * standard streams. There are no files and no sockets: their functions link, and answer an error.
 *
 * @param {Guest} guest
 * @param {() => LoggedStdio | ProgramStdio} stdio
 */
export function wasi(guest, stdio) {
  const time = guest.situation.clock;
  const memory = () => guest.memory;
  const args = [terminated(guest.service)];
  const environment = () =>
    [...stdio().environment]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => terminated(`${name}=${value}`));

  /** @param {Uint8Array[]} strings @param {number} countAt @param {number} sizeAt */
  function sizes(strings, countAt, sizeAt) {
    memory().writeInt(countAt, strings.length);
    memory().writeInt(sizeAt, strings.reduce((sum, each) => sum + each.length, 0));
    return SUCCESS;
  }

  /** @param {Uint8Array[]} strings @param {number} pointer @param {number} text */
  function texts(strings, pointer, text) {
    for (const each of strings) {
      memory().writeInt(pointer, text);
      memory().write(text, each);
      pointer += 4;
      text += each.length;
    }
    return SUCCESS;
  }

  /** @param {number} clock */
  function read(clock) {
    return clock === CLOCK_REALTIME ? time.now(guest) : BigInt(Math.floor(time.monotonic()));
  }

  /** What a guest polls for: how long until it happens, 0 if it has. @param {number} pointer */
  function subscription(pointer) {
    const userData = memory().readLong(pointer);
    const type = memory().readByte(pointer + 8);
    const about = memory().readInt(pointer + 16);
    if (type !== 0) {
      return { userData, type, error: isStandard(about) ? SUCCESS : BADF, nanos: 0 };
    }
    if (!isClock(about)) {
      return { userData, type, error: INVAL, nanos: 0 };
    }
    const timeout = memory().readLong(pointer + 24);
    const absolute = (memory().readInt(pointer + 40) & 1) !== 0;
    const nanos = absolute
      ? timeout - guest.passed(NAME, 'clock_time_get', () => read(about))
      : BigInt.asUintN(64, timeout);
    return { userData, type, error: SUCCESS, nanos: Math.max(0, Number(nanos)) };
  }

  /** Each of some vectors. @param {number} vectors @param {number} count @param {(at: number, length: number) => boolean} work false ends it */
  function each(vectors, count, work) {
    for (let i = 0; i < count; i++) {
      if (!work(memory().readInt(vectors + i * 8), memory().readInt(vectors + i * 8 + 4))) {
        return;
      }
    }
  }

  /** @type {Record<string, Function>} */
  const functions = {
    args_sizes_get: (/** @type {number} */ count, /** @type {number} */ size) => sizes(args, count, size),
    args_get: (/** @type {number} */ pointers, /** @type {number} */ text) => texts(args, pointers, text),
    environ_sizes_get: (/** @type {number} */ count, /** @type {number} */ size) => sizes(environment(), count, size),
    environ_get: (/** @type {number} */ pointers, /** @type {number} */ text) => texts(environment(), pointers, text),

    clock_res_get(/** @type {number} */ clock, /** @type {number} */ at) {
      if (!isClock(clock)) {
        return INVAL;
      }
      memory().writeLong(at, 1n);
      return SUCCESS;
    },

    clock_time_get(/** @type {number} */ clock, /** @type {bigint} */ _precision, /** @type {number} */ at) {
      if (!isClock(clock)) {
        return INVAL;
      }
      memory().writeLong(at, guest.passed(NAME, 'clock_time_get', () => read(clock)));
      return SUCCESS;
    },

    random_get(/** @type {number} */ at, /** @type {number} */ length) {
      fill(guest, NAME, 'random_get', at, length);
      return SUCCESS;
    },

    sched_yield: () => SUCCESS,
    proc_raise: () => NOSYS,

    proc_exit(/** @type {number} */ status) {
      throw new Stop('exit', `proc_exit(${status})`, status);
    },

    poll_oneoff(
      /** @type {number} */ subscriptions,
      /** @type {number} */ events,
      /** @type {number} */ count,
      /** @type {number} */ happenedAt,
    ) {
      if (count < 1 || count > MOST_SUBSCRIPTIONS) {
        return INVAL;
      }
      const wanted = [];
      for (let i = 0; i < count; i++) {
        wanted.push(subscription(subscriptions + i * SUBSCRIPTION_BYTES));
      }
      const wait = Math.min(...wanted.map(one => one.nanos));
      sleep(guest, NAME, 'poll_oneoff', wait);
      let happened = 0;
      for (const one of wanted.filter(({ nanos }) => nanos <= wait)) {
        const event = events + happened++ * EVENT_BYTES;
        memory().write(event, new Uint8Array(EVENT_BYTES));
        memory().writeLong(event, one.userData);
        memory().writeInt(event + 8, (one.type << 16) | one.error);
      }
      memory().writeInt(happenedAt, happened);
      return SUCCESS;
    },

    fd_read(
      /** @type {number} */ descriptor,
      /** @type {number} */ vectors,
      /** @type {number} */ count,
      /** @type {number} */ readAt,
    ) {
      if (descriptor !== 0) {
        return BADF;
      }
      if (count < 0 || count > MOST_VECTORS) {
        return INVAL;
      }
      let total = 0;
      each(vectors, count, (at, length) => {
        const bytes = stdio().read(Math.max(0, length));
        memory().write(at, bytes);
        total += bytes.length;
        return bytes.length === length;
      });
      memory().writeInt(readAt, total);
      return SUCCESS;
    },

    fd_write(
      /** @type {number} */ descriptor,
      /** @type {number} */ vectors,
      /** @type {number} */ count,
      /** @type {number} */ writtenAt,
    ) {
      if (descriptor !== 1 && descriptor !== 2) {
        return BADF;
      }
      if (count < 0 || count > MOST_VECTORS) {
        return INVAL;
      }
      let total = 0;
      each(vectors, count, (at, length) => {
        memory().check(at, length);
        const taken = Math.min(length >>> 0, MOST_WRITTEN_BYTES - total);
        const bytes = memory().read(at, taken);
        if (descriptor === 1) {
          stdio().writeOut(bytes);
        } else {
          stdio().writeError(bytes);
        }
        total += taken;
        return taken === length >>> 0;
      });
      memory().writeInt(writtenAt, total);
      return SUCCESS;
    },

    fd_fdstat_get(/** @type {number} */ descriptor, /** @type {number} */ status) {
      if (!isStandard(descriptor)) {
        return BADF;
      }
      memory().writeLong(status, CHARACTER_DEVICE);
      memory().writeLong(status + 8, descriptor === 0 ? RIGHT_READ : RIGHT_WRITE);
      memory().writeLong(status + 16, 0n);
      return SUCCESS;
    },
  };
  for (const name of ['fd_close', 'fd_fdstat_set_flags']) {
    functions[name] = onStandard(SUCCESS);
  }
  for (const name of ['fd_seek', 'fd_tell']) {
    functions[name] = onStandard(SPIPE);
  }
  functions.fd_fdstat_set_rights = onStandard(NOTSUP);
  for (const name of ON_SOCKETS) {
    functions[name] = onStandard(NOTSOCK);
  }
  for (const name of ON_DESCRIPTORS) {
    functions[name] = () => BADF;
  }
  return functions;
}

/** @param {number} otherwise the answer for a standard stream */
function onStandard(otherwise) {
  return (/** @type {number} */ descriptor) => (isStandard(descriptor) ? otherwise : BADF);
}

/** @param {number} descriptor */
function isStandard(descriptor) {
  return descriptor >= 0 && descriptor <= 2;
}

/** @param {number} clock */
function isClock(clock) {
  return clock === CLOCK_REALTIME || clock === CLOCK_MONOTONIC;
}

/** @param {string} text */
function terminated(text) {
  return bytesOf(`${text}\0`);
}
