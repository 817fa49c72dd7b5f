package dev.parigot.workbench;

import java.net.URI;

/** Where services run that don't run here. */
public sealed interface Elsewhere {
  /** Where the app answers, for people. */
  String app();

  /**
   * At an address where whatever is public can be called.
   *
   * @param app without a slash at its end
   */
  record Open(String app) implements Elsewhere {}

  /**
   * On a platform whose user this is: private services can be called, too.
   *
   * @param app without a slash at its end
   * @param api the app in the platform's REST API, such as {@code
   *     http://localhost:8080/api/v1/apps/shop}
   * @param token that opens it
   */
  record SignedIn(String app, URI api, String token) implements Elsewhere {
    /** Without the secret. */
    @Override
    public String toString() {
      return app + " by " + api;
    }
  }
}
