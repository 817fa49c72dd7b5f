package dev.parigot.signin;

import java.util.Map;

/** The providers of OpenID Connect that vouch for users of one app. */
public interface Providers {
  /** What became of the wish to go to one. */
  sealed interface Departure {
    /**
     * The browser is to go there.
     *
     * @param location the provider's address, with all that it has to be asked
     * @param kept what the browser has to keep until it comes back: printable, no spaces
     */
    record To(String location, String kept) implements Departure {}

    /** There is none, or it can't be asked. */
    record No(Directory.Outcome.Refused why) implements Departure {}
  }

  /**
   * The way to a provider.
   *
   * @param callback the address that it is to send the browser back to
   */
  Departure depart(String provider, String callback);

  /**
   * Signs a user in whom a provider has vouched for.
   *
   * @param callback the address that the browser was sent back to
   * @param parameters of that request
   * @param kept what the browser has kept, or empty
   */
  Directory.Outcome arrive(
      String provider, String callback, Map<String, String> parameters, String kept);
}
