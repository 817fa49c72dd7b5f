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

  /** The key of a domain's certificate. */
  public static String certificate(long domain) {
    return "certificate " + domain;
  }

  /** The key of the platform's account at a certificate authority. */
  public static String acmeAccount(String directory) {
    return "acme account " + directory;
  }

  /** The configuration of a release. */
  public static String release(long app, int number) {
    return "release " + app + " " + number;
  }
}
