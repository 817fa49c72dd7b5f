package dev.parigot.wind;

/**
 * How to wind.
 *
 * @param trace whether calls between parts are told to the host, as they begin and end
 */
public record Options(boolean trace) {
  public static final Options DEFAULT = new Options(false);
}
