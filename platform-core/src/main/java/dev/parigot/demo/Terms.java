package dev.parigot.demo;

import dev.parigot.problem.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a demo can change.
 *
 * @param name 1 to 100 characters
 * @param expires from when on it is shown no more, or null
 */
public record Terms(String name, boolean paused, @Nullable Instant expires) {
  private static final int LONGEST_NAME = 100;

  /** A 400 {@code Problem} if the name can't be one; spaces at its ends don't count. */
  public Terms {
    name = name.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.user(
          400,
          "demo-name-invalid",
          "That can't name a demo.",
          "Use 1 to 100 characters on one line.");
    }
  }

  /** Open. */
  public static Terms of(String name, @Nullable Instant expires) {
    return new Terms(name, false, expires);
  }

  /** As they are. */
  public static Terms of(Demo demo) {
    return new Terms(demo.name(), demo.paused(), demo.expires());
  }

  public Terms withName(String other) {
    return new Terms(other, paused, expires);
  }

  public Terms withPaused(boolean other) {
    return new Terms(name, other, expires);
  }

  public Terms withExpires(@Nullable Instant other) {
    return new Terms(name, paused, other);
  }
}
