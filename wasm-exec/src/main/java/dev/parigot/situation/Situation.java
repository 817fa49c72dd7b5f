package dev.parigot.situation;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where a release runs: everything that its services can reach.
 *
 * @param configuration the app's, as {@code parigot:config} and the environment of WASI give it
 * @param random seeds and keys come from it: a cryptographic source where it matters
 * @param async null where calls can only be waited for; such imports are then answered as refused
 * @param queues null where nothing delivers messages; its imports are then answered 503
 * @param channels null where nobody can listen; its imports are then answered 503
 * @param outbound null where nothing outside can be reached; its imports are then answered 403
 * @param test what test modules control, null where no tests are run
 * @param interceptor passed by every host call
 */
public record Situation(
    KeyValue keyValue,
    Map<String, String> configuration,
    LogSink log,
    Time time,
    RandomGenerator random,
    ServiceCalls services,
    @Nullable AsyncCalls async,
    @Nullable Queues queues,
    @Nullable Channels channels,
    @Nullable Outbound outbound,
    @Nullable TestControl test,
    Interceptor interceptor) {
  /** The same with another clock. */
  public Situation withTime(Time other) {
    return new Situation(
        keyValue,
        configuration,
        log,
        other,
        random,
        services,
        async,
        queues,
        channels,
        outbound,
        test,
        interceptor);
  }

  /** The same with another source of randomness. */
  public Situation withRandom(RandomGenerator other) {
    return new Situation(
        keyValue,
        configuration,
        log,
        time,
        other,
        services,
        async,
        queues,
        channels,
        outbound,
        test,
        interceptor);
  }
}
