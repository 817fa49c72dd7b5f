package dev.parigot.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which channels an app has, and who may listen to each.
 *
 * @param audiences by name; one that ends in a star stands for every name that begins as it does,
 *     but for those with an entry that says more
 */
public record ChannelRules(Map<String, Audience> audiences) {
  /** Of an app without channels. */
  public static final ChannelRules NONE = new ChannelRules(Map.of());

  /**
   * The largest message: 64 KiB. Small on purpose: it is sent once to each listener, and held for
   * each slow one.
   */
  public static final int MESSAGE_BYTES = 64 << 10;

  /** What a name is, for people. */
  public static final String RULE =
      "1 to 64 letters, digits, hyphens, underscores and dots, beginning with a letter or a digit";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Pattern BEGINNING = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,62})?");

  public ChannelRules {
    audiences = Collections.unmodifiableMap(new LinkedHashMap<>(audiences));
  }

  /** Whether a channel can have that name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether a manifest can have an entry of that name. */
  static boolean isEntry(String name) {
    return name.endsWith("*")
        ? BEGINNING.matcher(name.substring(0, name.length() - 1)).matches()
        : isName(name);
  }

  /** Who may listen to that channel; empty if there is none of that name. */
  public Optional<Audience> audience(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    Audience exact = audiences.get(name);
    for (int length = name.length(); exact == null && length >= 0; length--) {
      exact = audiences.get(name.substring(0, length) + "*");
    }
    return Optional.ofNullable(exact);
  }
}
