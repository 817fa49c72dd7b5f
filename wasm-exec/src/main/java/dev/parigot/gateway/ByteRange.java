package dev.parigot.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes of a file, both ends included (RFC 9110, 14). A header that asks for several
 * ranges, or is none, is ignored, as the standard allows.
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE =
      Pattern.compile("\\s*bytes\\s*=\\s*(\\d*)\\s*-\\s*(\\d*)\\s*");

  /** What a Range header asks of a file of {@code size} bytes. */
  sealed interface Asked {
    record Part(ByteRange range) implements Asked {}

    /** The header is no single range. */
    record Everything() implements Asked {}

    /** The range begins behind the end. */
    record Unsatisfiable() implements Asked {}
  }

  static Asked of(String header, long size) {
    Matcher matcher = SINGLE.matcher(header);
    if (!matcher.matches()) {
      return new Asked.Everything();
    }
    Optional<Long> from = number(matcher.group(1));
    Optional<Long> to = number(matcher.group(2));
    if (from.isEmpty() && to.isEmpty()) {
      return new Asked.Everything();
    }
    if (from.isEmpty()) {
      long count = Math.min(to.orElseThrow(), size);
      return count == 0
          ? new Asked.Unsatisfiable()
          : new Asked.Part(new ByteRange(size - count, size - 1));
    }
    long first = from.orElseThrow();
    if (to.isPresent() && to.get() < first) {
      return new Asked.Everything();
    }
    return first >= size
        ? new Asked.Unsatisfiable()
        : new Asked.Part(new ByteRange(first, Math.min(to.orElse(size - 1), size - 1)));
  }

  /** More digits than a long has mean more bytes than any file has. */
  private static Optional<Long> number(String digits) {
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
  }
}
