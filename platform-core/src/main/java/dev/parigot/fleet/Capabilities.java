package dev.parigot.fleet;

import dev.parigot.app.Secrets;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.observe.Logs;
import dev.parigot.outbound.OutboundHttp;
import dev.parigot.queue.Messages;
import dev.parigot.relay.AppChannels;

/** What services in production can reach beside each other. */
public record Capabilities(
    KeyValues keyValues,
    Messages messages,
    AppChannels channels,
    OutboundHttp outbound,
    Logs logs,
    Secrets secrets) {}
