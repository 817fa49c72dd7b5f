package dev.parigot.replay;

import dev.parigot.replay.Recording.Given;
import dev.parigot.replay.Recording.Outside;
import dev.parigot.situation.Call;
import dev.parigot.situation.Outbound;
import dev.parigot.situation.Refused;
import dev.parigot.situation.Time;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the services were given in a step of a recording, in its order, as long as there is
 * something left: a service that asks for more than it did gets what the test situation gives.
 */
final class Tape {
  private final long beganNanos;
  private final Map<String, Deque<Byte>> random = new HashMap<>();
  private final Map<String, Deque<Long>> clock = new HashMap<>();
  private final Deque<Outside> outside = new ArrayDeque<>();

  /**
   * @param beganNanos when the recording began, in nanoseconds since 1970
   */
  Tape(long beganNanos) {
    this.beganNanos = beganNanos;
  }

  /** What the services get from now on. */
  void insert(Given given) {
    random.clear();
    given
        .random()
        .forEach((service, bytes) -> {
          Deque<Byte> queue = new ArrayDeque<>();
          for (byte each : bytes) {
            queue.add(each);
          }
          random.put(service, queue);
        });
    clock.clear();
    given.clock().forEach((service, readings) -> clock.put(service, new ArrayDeque<>(readings)));
    outside.clear();
    outside.addAll(given.outside());
  }

  /** Of a service. {@code other} gives what is not on the tape. */
  RandomGenerator random(String service, RandomGenerator other) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return other.nextLong();
      }

      @Override
      public void nextBytes(byte[] bytes) {
        other.nextBytes(bytes);
        Deque<Byte> recorded = random.getOrDefault(service, new ArrayDeque<>());
        for (int i = 0; i < bytes.length && !recorded.isEmpty(); i++) {
          bytes[i] = recorded.remove();
        }
      }
    };
  }

  /** Of a service, whose clock is {@code other} but for what it read then. */
  Time clock(String service, Time other) {
    return new Time() {
      @Override
      public long nowNanos() {
        Deque<Long> recorded = clock.getOrDefault(service, new ArrayDeque<>());
        return recorded.isEmpty() ? other.nowNanos() : beganNanos + recorded.remove();
      }

      @Override
      public long monotonicNanos() {
        return other.monotonicNanos();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        other.sleep(nanos);
      }

      @Override
      public boolean passesByItself() {
        return other.passesByItself();
      }
    };
  }

  /** The other hosts, as they answered then; what was not asked then is asked of {@code other}. */
  Outbound outside(Outbound other) {
    return (Call caller, byte[] request) ->
        switch (outside.poll()) {
          case Outside.Answered(byte[] message) -> message;
          case Outside.Refused(int code, String message) -> throw new Refused(code, message);
          case null -> other.send(caller, request);
        };
  }
}
