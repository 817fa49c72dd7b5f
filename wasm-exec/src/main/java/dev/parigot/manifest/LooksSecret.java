package dev.parigot.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds values of a manifest that look as if nobody should read them: whoever has the repository
 * can. By their names, by how the keys of well-known services begin, or by their looking random. It
 * may be wrong, so that it is a reason to warn and none to refuse.
 */
public final class LooksSecret {
  private static final Pattern NAME =
      Pattern.compile(
          "(^|_)(SECRET|PASSWORD|PASSWD|PASSPHRASE|PWD|TOKEN|CREDENTIALS?|APIKEY|(API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|AUTH)_KEY)(_|$)|_KEY$");
  private static final Pattern KNOWN =
      Pattern.compile(
          "^(sk_live_|sk_test_|rk_live_|whsec_|gh[pousr]_|github_pat_|glpat-|npm_|xox[abprs]-|AKIA|ASIA|AIza|SG\\.|ya29\\.|eyJ[A-Za-z0-9_-]+\\.|-----BEGIN [A-Z ]*PRIVATE KEY)");
  private static final Pattern WITH_PASSWORD =
      Pattern.compile("^[a-z][a-z0-9+.-]*://[^/@:\\s]+:[^/@\\s]+@");
  private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9+/=_-]{24,}");

  /** Of what a name alone makes look secret; shorter ones are switches and numbers. */
  private static final int SHORTEST = 6;

  /** Bits a character: text in a language has about 3, Base64 of random bytes about 5. */
  private static final double RANDOM_BITS = 4.0;

  private LooksSecret() {}

  /** A line for each value that looks secret; none tells the value. */
  public static List<String> warnings(Manifest.Config config) {
    TreeSet<String> found = new TreeSet<>();
    config.defaults().forEach((name, value) -> look("config", name, value, found));
    config
        .situations()
        .forEach((situation, values) ->
            values.forEach((name, value) -> look("config." + situation, name, value, found)));
    return new ArrayList<>(found);
  }

  private static void look(String table, String name, String value, TreeSet<String> found) {
    if (looksSecret(name, value)) {
      found.add(
          "[%s] %s looks like a secret, and whoever has the repository can read it: take it out, and use `parigot config set --secret %s`"
              .formatted(table, name, name));
    }
  }

  static boolean looksSecret(String name, String value) {
    boolean named =
        value.length() >= SHORTEST
            && NAME.matcher(name.toUpperCase(Locale.ROOT)).find()
            && !value.chars().allMatch(Character::isDigit);
    return named
        || KNOWN.matcher(value).find()
        || WITH_PASSWORD.matcher(value).find()
        || looksRandom(value);
  }

  private static boolean looksRandom(String value) {
    return RANDOM.matcher(value).matches()
        && value.chars().anyMatch(Character::isDigit)
        && value.chars().anyMatch(Character::isLetter)
        && bits(value) >= RANDOM_BITS;
  }

  /** Shannon's entropy of its characters. */
  private static double bits(String value) {
    Map<Integer, Long> counts = new HashMap<>();
    value.chars().forEach(each -> counts.merge(each, 1L, Long::sum));
    double bits = 0;
    for (long count : counts.values()) {
      double share = (double) count / value.length();
      bits -= share * Math.log(share) / Math.log(2);
    }
    return bits;
  }
}
