import { Refused } from './outcome.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const RULE = '1 to 64 letters, digits, hyphens, underscores and dots, beginning with a letter or a digit';

/**
 * What the manifest says of a channel.
 *
 * @template T
 * @param {Map<string, T>} declared by name; one that ends in a star stands for all that begin so
 * @param {string} name
 */
export function channelOf(declared, name) {
  if (!NAME.test(name)) {
    return undefined;
  }
  let found = declared.get(name);
  for (let length = name.length; !found && length >= 0; length--) {
    found = declared.get(`${name.slice(0, length)}*`);
  }
  return found;
}

/** Refuses a channel that there is not. @param {Map<string, unknown>} declared @param {string} name */
export function checkChannel(declared, name) {
  if (!NAME.test(name)) {
    throw new Refused(400, `A channel's name has ${RULE}.`);
  }
  if (!channelOf(declared, name)) {
    const quoted = name.includes('.') ? `"${name}"` : name;
    throw new Refused(404, `The manifest has no channel ${name}: add [channels.${quoted}], with public = true if pages are to listen.`);
  }
}
