package dev.parigot.history;

/**
 * When something was, as two places in the order of all beginnings and ends of a history: what ends
 * before another begins was before that.
 *
 * @param end {@link #NEVER} if nobody saw it end: it may have had its effect at any time since, or
 *     none
 */
public record Span(long begin, long end) {
  /** The end of what nobody saw end. */
  public static final long NEVER = Long.MAX_VALUE;

  public Span {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("from " + begin + " to " + end);
    }
  }

  boolean ended() {
    return end != NEVER;
  }

  boolean before(Span other) {
    return end < other.begin;
  }

  Span open() {
    return new Span(begin, NEVER);
  }

  @Override
  public String toString() {
    return begin + (ended() ? "–" + end : "–");
  }
}
