/** @import { Instance } from '../instance.js' */

export const NAME = 'parigot:trace';

/**
 * `parigot:trace`: how a wound program tells of the calls between its services, by their numbers among its edges.
 *
 * @param {Instance} instance
 */
export function trace(instance) {
  return {
    /** @param {number} edge */
    enter: edge => instance.enterEdge(edge),
    /** @param {number} _edge @param {number} code */
    exit: (_edge, code) => instance.leaveEdge(code),
  };
}
