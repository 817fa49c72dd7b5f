package dev.parigot.relay;

import dev.parigot.manifest.Audience;

/**
 * A channel as it is at this node.
 *
 * @param name of the channel; or, as the manifest has it, one with a star, of which there is none
 *     at the moment
 * @param audience who may listen; nobody if the live release has no such channel any more
 * @param listeners those who listen at this node
 * @param lastMinute the messages of the last minute
 */
public record ChannelStatus(String name, Audience audience, int listeners, int lastMinute) {}
