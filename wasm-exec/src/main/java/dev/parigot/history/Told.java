package dev.parigot.history;

import org.jspecify.annotations.Nullable;

/** Events in words, such as {@code stock.2 read `left:7` as 9f00…}. */
final class Told {
  private Told() {}

  static String of(Event event) {
    return switch (event) {
      case Event.Lived lived -> lived.instance() + " lived";
      case Event.Visit visit -> visit.method() + " ran in " + visit.by();
      case Event.Read read -> read.by() + " read " + key(read.key()) + " as " + value(read.value());
      case Event.Wrote wrote ->
          wrote.value() == null
              ? wrote.by() + " deleted " + key(wrote.key())
              : wrote.by() + " wrote " + value(wrote.value()) + " to " + key(wrote.key());
      case Event.Compared compared ->
          compared.set()
              ? "%s set %s from %s to %s"
                  .formatted(
                      compared.by(),
                      key(compared.key()),
                      value(compared.expected()),
                      value(compared.value()))
              : "%s found another value than %s in %s"
                  .formatted(compared.by(), value(compared.expected()), key(compared.key()));
      case Event.Listed listed -> listed.by() + " listed " + key(listed.prefix() + "*");
      case Event.Slept slept -> slept.by() + " waited for " + slept.nanos() + " ns";
      case Event.Clock clock -> clock.by() + " read its clock as " + clock.nanos() + " ns";
      case Event.Other other ->
          (other.by() + " called " + other.action() + " " + other.key()).strip();
      case Event.Sent sent -> sent.by() + " sent " + message(sent.queue(), sent.message());
      case Event.Attempt attempt ->
          "%s was delivered (attempt %d of %d)"
              .formatted(
                  message(attempt.queue(), attempt.message()),
                  attempt.attempt(),
                  attempt.attempts());
      case Event.Settled settled ->
          message(settled.queue(), settled.message())
              + switch (settled.fate()) {
                case DELIVERED -> " was noted as delivered";
                case REPEATED -> " was kept to be delivered again";
                case GIVEN_UP -> " was given up";
              };
      case Event.Waiting _ -> "the waiting messages were looked at";
      case Event.Ran ran -> "the tick of " + ran.schedule() + " at " + ran.due() + " was run";
    };
  }

  static String key(String key) {
    return "`" + key + "`";
  }

  static String value(@Nullable String digest) {
    return digest == null ? "nothing" : digest;
  }

  static String message(String queue, long number) {
    return number < 0 ? "a message of " + queue : "message " + number + " of " + queue;
  }
}
