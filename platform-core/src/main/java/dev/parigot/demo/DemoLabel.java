package dev.parigot.demo;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the address of a demo begins with, and its id. Whoever has it may open the demo, so it can't
 * be guessed: 26 characters of base 32, 130 bits.
 */
public record DemoLabel(String value) {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 26;
  private static final Pattern SHAPE = Pattern.compile("[a-z2-7]{26}");

  /** A new one. */
  static DemoLabel random(SecureRandom random) {
    StringBuilder value = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new DemoLabel(value.toString());
  }

  /** The label in that text, if it can be one. */
  static Optional<DemoLabel> find(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new DemoLabel(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
