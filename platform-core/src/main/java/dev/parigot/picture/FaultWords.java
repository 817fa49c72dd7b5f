package dev.parigot.picture;

import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.util.Optional;

/** What the platform did in a run, which it seldom does, and an app has to bear; in plain words. */
final class FaultWords {
  private FaultWords() {}

  static String of(Steps steps, Step fault) {
    Optional<Fault> kind = Fault.of(fault);
    Optional<Step> struck = steps.struck(fault);
    return kind.isPresent() && struck.isPresent() ? of(kind.get(), struck.get()) : fault.key();
  }

  private static String of(Fault kind, Step at) {
    String what = at.actor() + " " + Act.of(at);
    return switch (kind) {
      case DUPLICATE -> "delivered twice what %s sent to `%s`".formatted(at.actor(), at.key());
      case KILL -> "ended the instance before " + what;
      case LOST -> "did not notice that a message was handled, and delivered it again";
      case COLD -> "ended an idle instance of %s, and its memory with it".formatted(at.service());
      case LATE -> "was slow, and let the time go on after " + what;
    };
  }
}
