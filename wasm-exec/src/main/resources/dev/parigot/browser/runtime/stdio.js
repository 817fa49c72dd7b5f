import { MESSAGE_BYTES, NOTHING, Refused } from './outcome.js';
import { LINE_BYTES } from './call-log.js';
import { textOf } from './memory.js';

/** @import { Guest } from './guest.js' */

const NEWLINE = 10;
const INFO = 2;
const WARNING = 3;

/** A stream of bytes told line by line. */
class Lines {
  /** @type {number[]} */
  #line = [];
  #tell;

  /** @param {(line: string) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {Uint8Array} bytes */
  write(bytes) {
    for (const byte of bytes) {
      if (byte === NEWLINE) {
        this.#end();
      } else if (this.#line.push(byte) === LINE_BYTES) {
        this.#end();
      }
    }
  }

  /** Tells what has no line end yet. */
  flush() {
    if (this.#line.length > 0) {
      this.#end();
    }
  }

  #end() {
    const text = textOf(Uint8Array.from(this.#line));
    this.#line = [];
    this.#tell(text.endsWith('\r') ? text.slice(0, -1) : text);
  }
}

/** The streams of a service: what it writes goes to the log, and there is nothing to read. */
export class LoggedStdio {
  #out;
  #error;

  /** @param {Guest} guest */
  constructor(guest) {
    /** @param {number} level */
    const lines = level =>
      new Lines(line => guest.log.write('wasi_snapshot_preview1', 'fd_write', level, line));
    this.#out = lines(INFO);
    this.#error = lines(WARNING);
    this.environment = guest.situation.config;
  }

  /** @param {number} _most @returns {Uint8Array} */
  read(_most) {
    return NOTHING;
  }

  /** @param {Uint8Array} bytes */
  writeOut(bytes) {
    this.#out.write(bytes);
  }

  /** @param {Uint8Array} bytes */
  writeError(bytes) {
    this.#error.write(bytes);
  }

  flush() {
    this.#out.flush();
    this.#error.flush();
  }
}

/** The streams of one run of a command. Its errors go to the log. */
export class ProgramStdio {
  #input;
  #at = 0;
  /** @type {Uint8Array[]} */
  #written = [];
  #length = 0;
  #log;

  /** @param {Guest} guest @param {Uint8Array} input @param {Map<string, string>} environment */
  constructor(guest, input, environment) {
    this.#input = input;
    this.environment = environment;
    this.#log = new LoggedStdio(guest);
  }

  /** @param {number} most */
  read(most) {
    const bytes = this.#input.subarray(this.#at, this.#at + most);
    this.#at += bytes.length;
    return bytes;
  }

  /** @param {Uint8Array} bytes */
  writeOut(bytes) {
    this.#length += bytes.length;
    if (this.#length > MESSAGE_BYTES) {
      throw new Refused(413, 'the command wrote more than 10 MiB');
    }
    this.#written.push(bytes);
  }

  /** @param {Uint8Array} bytes */
  writeError(bytes) {
    this.#log.writeError(bytes);
  }

  flush() {
    this.#log.flush();
  }

  output() {
    const output = new Uint8Array(this.#length);
    let at = 0;
    for (const bytes of this.#written) {
      output.set(bytes, at);
      at += bytes.length;
    }
    return output;
  }
}
