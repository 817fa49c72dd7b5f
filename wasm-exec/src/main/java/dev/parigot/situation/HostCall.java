package dev.parigot.situation;

/**
 * One use of an import by a guest.
 *
 * @param cause the call on whose behalf the guest runs
 * @param instance of the service {@code cause.service()}
 * @param module of the import, such as {@code parigot:kv}
 * @param function of that module
 * @param key what it is about: the key of {@code parigot:kv} and {@code parigot:config}, the queue
 *     of {@code parigot:queue}, the channel of {@code parigot:channel}, the callee of {@code
 *     parigot:future}; else empty
 */
public record HostCall(Call cause, String instance, String module, String function, byte[] key) {}
