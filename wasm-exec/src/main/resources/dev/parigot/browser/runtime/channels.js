import { bytesOf } from './memory.js';
import { channelOf, checkChannel } from './channel-names.js';
import { first } from './http/message.js';
import { textAnswer, withHeader } from './answers.js';
import { signInNeeded } from './sign-in.js';

/** @import { Description } from './description.js' */
/** @import { GatewayRequest, GatewayResponse } from './answers.js' */

/**
 * A message that was published.
 *
 * @typedef {{ channel: string, number: number, at: number, body: Uint8Array, event: string }} Published
 */

export const CHANNELS = '/_parigot/channels/';

/** Of a channel, for so long. */
const KEPT = 100;
const KEPT_MILLIS = 120_000;
/** Of all channels together. */
const KEPT_BYTES = 8 << 20;
const OVERHEAD = 512;
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The channels of an app: what is published is told to who listens, and the last of it kept for those who come again. */
export class Channels {
  #declared;
  #now;
  #tell;
  /** Of this start of the program: numbers begin anew with it. */
  #origin;
  #count = 0;
  /** All that is kept, the oldest first. @type {Published[]} */
  #kept = [];

  /**
   * @param {Description} app
   * @param {() => number} now in milliseconds since 1970
   * @param {(bytes: Uint8Array) => void} random
   * @param {(message: Published) => void} tell those who listen
   */
  constructor(app, now, random, tell) {
    this.#declared = new Map(app.channels.map(channel => [channel.name, channel]));
    this.#now = now;
    this.#tell = tell;
    const bytes = new Uint8Array(4);
    random(bytes);
    this.#origin = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  }

  /** @param {string} channel @param {Uint8Array} body */
  publish(channel, body) {
    checkChannel(this.#declared, channel);
    const number = ++this.#count;
    const message = { channel, number, at: this.#now(), body, event: eventOf(`${this.#origin}.${number}`, body) };
    this.#kept.push(message);
    this.#forget(channel);
    this.#tell(message);
  }

  /** What is kept no longer. @param {string} channel that got a message */
  #forget(channel) {
    const oldest = this.#now() - KEPT_MILLIS;
    const own = this.#kept.filter(each => each.channel === channel);
    const over = own.length > KEPT ? own[0] : null;
    this.#kept = this.#kept.filter(each => each.at >= oldest && each !== over);
    let bytes = this.#kept.reduce((sum, each) => sum + OVERHEAD + each.body.length, 0);
    while (bytes > KEPT_BYTES) {
      bytes -= OVERHEAD + (this.#kept.shift()?.body.length ?? 0);
    }
  }

  /** The newest last. @returns {Published[]} */
  get messages() {
    return this.#kept;
  }

  /** Where a channel's messages can be read. @param {string} name */
  messagesOf(name) {
    checkChannel(this.#declared, name);
    return this.#kept.filter(({ channel }) => channel === name).map(({ body }) => body);
  }

  /**
   * The answer to who wants to listen: `stream` names the channel whose events go on after the body, `ofUsers` for as long as
   * the same user is signed in.
   *
   * @param {GatewayRequest} request
   * @returns {GatewayResponse}
   */
  listen(request) {
    const { method, path, headers } = request;
    const name = path.slice(CHANNELS.length);
    const declared = channelOf(this.#declared, name);
    if (!declared?.public) {
      return textAnswer(404, `There is no channel ${name} to listen to.`);
    }
    if (declared.signedIn && !request.user) {
      return signInNeeded(request);
    }
    if (method !== 'GET') {
      return withHeader(textAnswer(405, 'A channel is listened to by GET.'), 'Allow', 'GET');
    }
    const last = first(headers, 'last-event-id');
    const [origin, number] = last?.split('.') ?? [];
    const missed = last ? this.#kept.filter(each => each.channel === name && (origin !== this.#origin || each.number > Number(number))) : [];
    const beginning = `retry: 1000\nid: ${last || `${this.#origin}.${this.#count}`}\n\n`;
    return {
      status: 200,
      headers: [
        ['Content-Type', 'text/event-stream; charset=utf-8'],
        ['Cache-Control', 'no-store'],
        ['X-Content-Type-Options', 'nosniff'],
      ],
      body: bytesOf(beginning + missed.map(({ event }) => event).join('')),
      stream: name,
      ofUsers: declared.signedIn,
    };
  }
}

/** As a server-sent event. @param {string} id @param {Uint8Array} body */
function eventOf(id, body) {
  let kind = '';
  let text;
  try {
    text = DECODER.decode(body);
  } catch {
    kind = 'event: base64\n';
    text = btoa(Array.from(body, byte => String.fromCharCode(byte)).join(''));
  }
  return `id: ${id}\n${kind}${text.split(/\r\n|[\r\n]/).map(line => `data: ${line}\n`).join('')}\n`;
}
