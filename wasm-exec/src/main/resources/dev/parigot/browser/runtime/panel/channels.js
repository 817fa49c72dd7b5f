import { clockTime, counted, element } from '../element.js';
import { textOf } from '../memory.js';

/** @import { Published } from '../channels.js' */
/** @import { Session } from '../session.js' */

const MOST = 20;
const LONGEST = 200;

/** Channels, with what was published last. */
export class ChannelsView {
  title = 'Channels';
  element = element('div', { class: 'view channels' });
  #session;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  async draw() {
    const { app, control } = this.#session;
    /** @type {Published[]} */
    const published = await control.ask({ ask: 'published' });
    this.element.replaceChildren(...app.channels.map(channel => {
      const own = published.filter(each => covers(channel.name, each.channel));
      return element('section', { class: 'row' },
        element('h3', {}, channel.name),
        element('p', {}, `${channel.public ? 'Everyone may listen.' : 'Nobody may listen.'} ${counted(own.length, 'message')} in the last two minutes.`),
        ...own.slice(-MOST).map(message));
    }));
  }
}

/** @param {string} entry of the manifest @param {string} channel */
function covers(entry, channel) {
  return entry.endsWith('*') ? channel.startsWith(entry.slice(0, -1)) : channel === entry;
}

/** @param {Published} told */
function message({ channel, at, body }) {
  const text = textOf(body);
  return element('p', { class: 'message' }, `${clockTime(at)} ${channel}: ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`);
}
