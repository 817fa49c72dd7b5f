package dev.parigot.timing;

import org.jspecify.annotations.Nullable;

/**
 * What a step has to do with the steps of other tasks: two whose effects don't conflict can change
 * places, and nobody will know.
 *
 * @param on what it reads or writes; a key of the store, or the instances of a service
 * @param prefix whether it is about all keys that begin so
 */
record Effect(Kind kind, String on, boolean writes, boolean prefix) {
  enum Kind {
    VALUE,
    /** The messages of a channel, which test modules read. */
    CHANNEL,
    INSTANCES,
    /** Nobody else can tell when it happens. */
    QUIET,
    /** Tasks begin by it or wait: what is before what in that, the tasks themselves say. */
    TASKS,
    /** Nothing is known of it. */
    OTHER
  }

  private static final Effect QUIET = new Effect(Kind.QUIET, "", false, false);
  private static final Effect TASKS = new Effect(Kind.TASKS, "", false, false);
  private static final String SERVICE = "parigot:service/";

  static Effect of(Step step) {
    String action = step.action();
    return switch (action) {
      case "parigot:kv get" -> new Effect(Kind.VALUE, step.key(), false, false);
      case "parigot:kv list" -> new Effect(Kind.VALUE, step.key(), false, true);
      case "parigot:kv put", "parigot:kv delete", "parigot:kv compare_and_set" ->
          new Effect(Kind.VALUE, step.key(), true, false);
      case "parigot:channel publish" -> new Effect(Kind.CHANNEL, step.key(), true, false);
      case "parigot:test published" -> new Effect(Kind.CHANNEL, step.key(), false, false);
      case "parigot:log write",
          "parigot:config get",
          "parigot:random fill",
          "parigot:clock now_ns",
          "parigot:clock monotonic_ns",
          "wasi_snapshot_preview1 clock_time_get",
          "wasi_snapshot_preview1 random_get",
          "wasi_snapshot_preview1 fd_write" ->
          QUIET;
      case "parigot:queue send",
          "parigot:future wait",
          Scheduler.RESUMES,
          "wasi_snapshot_preview1 poll_oneoff",
          "parigot:clock sleep_ns",
          "parigot:test quiesce",
          "parigot:test advance_ns",
          Fault.ACTION ->
          TASKS;
      default -> ofCall(step);
    };
  }

  private static Effect ofCall(Step step) {
    String action = step.action();
    if (action.startsWith("parigot:async/")) {
      return TASKS;
    }
    if (action.startsWith(SERVICE)) {
      String method = action.substring(SERVICE.length());
      String service = method.substring(0, method.indexOf(' '));
      return new Effect(Kind.INSTANCES, service, true, false);
    }
    return step.nth() == 0
        ? new Effect(Kind.INSTANCES, step.service(), true, false)
        : new Effect(Kind.OTHER, "", true, false);
  }

  /**
   * Whether a step only reads, so that nothing is different after it but for what its task knows.
   */
  static boolean reads(Step step) {
    Effect effect = of(step);
    return !effect.writes && (effect.kind == Kind.VALUE || effect.kind == Kind.CHANNEL);
  }

  boolean conflictsWith(Effect other) {
    if (isAlone() || other.isAlone() || !writes && !other.writes) {
      return false;
    }
    return kind == Kind.OTHER || other.kind == Kind.OTHER || kind == other.kind && meets(other);
  }

  /** Whether it can change places with every step of another task. */
  boolean isAlone() {
    return kind == Kind.QUIET || kind == Kind.TASKS;
  }

  /** Whether what conflicts with the other one, and was before this, conflicts with this. */
  boolean covers(Effect other) {
    return writes && kind == other.kind && !other.prefix && on.equals(other.on);
  }

  private boolean meets(Effect other) {
    return prefix
        ? other.on.startsWith(on)
        : other.prefix ? on.startsWith(other.on) : on.equals(other.on);
  }

  /** What it did, as the past tense of a sentence; null if it has no word. */
  static @Nullable String verb(Step step) {
    return switch (step.action()) {
      case "parigot:kv get" -> "read";
      case "parigot:kv list" -> "listed";
      case "parigot:kv put" -> "wrote";
      case "parigot:kv delete" -> "deleted";
      case "parigot:kv compare_and_set" -> "compared and set";
      case "parigot:channel publish" -> "published to";
      case "parigot:queue send" -> "sent to";
      default -> null;
    };
  }
}
