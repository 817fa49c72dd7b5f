package dev.parigot.queue;

/**
 * A message that one deliverer has for a while.
 *
 * @param attempt of delivering it, from 1
 * @param traceparent of the call that sent it
 */
public record Message(long id, byte[] content, int attempt, String traceparent) {}
