package dev.parigot.secret;

/** Where sealed texts are stored, as they are bound to it. Never to be changed. */
public final class Places {
  private Places() {}

  /** A value of an app's configuration. */
  public static String config(long app, String name) {
    return "config " + app + " " + name;
  }

  public static String secret(long app, String name) {
    return "secret " + app + " " + name;
  }

  /** The configuration of a release. */
  public static String release(long app, int number) {
    return "release " + app + " " + number;
  }
}
