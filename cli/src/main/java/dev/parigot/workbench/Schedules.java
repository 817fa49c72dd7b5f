package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.Schedule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the calls of an app's schedules when they are due, to the second. Thread-safe. */
final class Schedules {
  private static final byte[] NOTHING = {};

  private final InstantSource clock;
  private final Executor guests;
  private final Journal journal;
  private final Supplier<@Nullable Version> versions;
  private final Map<String, Planned> planned = new HashMap<>();
  private final Map<String, Set<Cancellation>> running = new HashMap<>();

  private record Planned(Manifest.Cron cron, Optional<Instant> next) {}

  /**
   * @param versions enters the version that runs; null if none does
   */
  Schedules(
      InstantSource clock, Executor guests, Journal journal, Supplier<@Nullable Version> versions) {
    this.clock = clock;
    this.guests = guests;
    this.journal = journal;
    this.versions = versions;
  }

  /** Makes what is due, once however often it was missed. To be called each second. */
  synchronized void look() {
    Version version = versions.get();
    if (version == null) {
      return;
    }
    try {
      Instant now = clock.instant();
      planned.keySet().retainAll(version.manifest().cron().keySet());
      version.manifest().cron().forEach((name, cron) -> look(name, cron, now));
    } finally {
      version.leave();
    }
  }

  private void look(String name, Manifest.Cron cron, Instant now) {
    Planned plan = planned.get(name);
    boolean due =
        plan != null
            && plan.cron().schedule().equals(cron.schedule())
            && plan.cron().timezone().equals(cron.timezone())
            && plan.next().filter(next -> !next.isAfter(now)).isPresent();
    if (plan == null || due || !plan.cron().equals(cron)) {
      planned.put(
          name, new Planned(cron, new Schedule(cron.schedule(), cron.timezone()).next(now)));
    }
    if (due) {
      fire(name, cron);
    }
  }

  private void fire(String name, Manifest.Cron cron) {
    Set<Cancellation> before = running.computeIfAbsent(name, _ -> new HashSet<>());
    if (!before.isEmpty()) {
      switch (cron.overlap()) {
        case FORBID -> {
          journal.log("parigot", 3, "cron " + name + " is skipped: the call before still runs");
          return;
        }
        case REPLACE -> before.forEach(Cancellation::cancel);
        case ALLOW -> {}
      }
    }
    Cancellation own = new Cancellation();
    before.add(own);
    guests.execute(() -> {
      try {
        run(name, own);
      } finally {
        ended(name, own);
      }
    });
  }

  private synchronized void ended(String name, Cancellation own) {
    running.getOrDefault(name, new HashSet<>()).remove(own);
  }

  /**
   * Makes the call of a schedule now, whenever it is due, and waits for it; empty if there is none.
   */
  Optional<CallOutcome> run(String name) {
    return run(name, new Cancellation());
  }

  private Optional<CallOutcome> run(String name, Cancellation cancellation) {
    Version version = versions.get();
    if (version == null) {
      return Optional.empty();
    }
    try {
      Manifest.Cron cron = version.manifest().cron().get(name);
      if (cron == null) {
        return Optional.empty();
      }
      Manifest.Target call = cron.call();
      journal.log("parigot", 2, "cron " + name + " calls " + call);
      return Optional.of(
          version
              .calls()
              .fromOutside(call.service(), call.method(), NOTHING, cancellation)
              .outcome());
    } finally {
      version.leave();
    }
  }
}
