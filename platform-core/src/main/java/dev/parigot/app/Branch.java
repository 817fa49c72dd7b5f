package dev.parigot.app;

import dev.parigot.artifact.Digest;
import dev.parigot.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A branch of an app's repository, by its name in git without {@code refs/heads/}. */
public record Branch(String name) implements Comparable<Branch> {
  /** The branch that is production. */
  public static final Branch MAIN = new Branch("main");

  /** Characters of a name; a file system takes about as many. */
  private static final int LONGEST = 250;

  private static final int HASH_DIGITS = 6;

  /** What git calls its first branch, now and formerly. */
  private static final Set<String> PRODUCTION = Set.of(MAIN.name, "master");

  /** What no name of git's has in it; see {@code git check-ref-format}. */
  private static final Pattern NEVER =
      Pattern.compile("[\\p{Cntrl} ~^:?*\\[\\\\]|\\.\\.|@\\{|//|/\\.|\\.lock(/|$)");

  /** Checks the name; a 400 {@code Problem} if git would not take it for a branch. */
  public static Branch of(String name) {
    if (name.length() > LONGEST) {
      throw Problem.user(
          400,
          "branch-too-long",
          "The name of the branch has %d characters; at most %d are taken."
              .formatted(name.length(), LONGEST),
          "Use a shorter name.");
    }
    if (!isValid(name)) {
      throw Problem.user(
          400,
          "branch-invalid",
          "\"" + name + "\" can't name a branch.",
          "Use a name that git takes, such as \"checkout\" or \"fix/rounding\".");
    }
    return new Branch(name);
  }

  private static boolean isValid(String name) {
    return !name.isEmpty()
        && !name.equals("@")
        && !name.equals("HEAD")
        && !name.startsWith("-")
        && !name.startsWith("/")
        && !name.startsWith(".")
        && !name.endsWith("/")
        && !name.endsWith(".")
        && !NEVER.matcher(name).find();
  }

  /** Whether it is what runs in production, rather than in staging. */
  public boolean isProduction() {
    return PRODUCTION.contains(name);
  }

  /**
   * The name as part of a DNS label: itself if that can be; else what is near to it, and six digits
   * of its hash, so that no two branches have one. {@code xn} would begin an encoded label.
   *
   * @param longest how many characters it may have, at least 30
   */
  String slug(int longest) {
    String near = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    near = near.replaceAll("^-|-$", "");
    if (near.equals(name) && near.length() <= longest && !near.equals("xn")) {
      return near;
    }
    String hash = Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).hex();
    String begin = near.substring(0, Math.min(near.length(), longest - HASH_DIGITS - 1));
    return (begin + "-" + hash.substring(0, HASH_DIGITS))
        .replaceAll("-+", "-")
        .replaceAll("^-", "");
  }

  @Override
  public int compareTo(Branch other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
