package dev.parigot.situation;

/** How services reach HTTP servers outside of the app. */
public interface Outbound {
  /**
   * Sends a raw HTTP/1.1 request with an absolute URL, waits on the calling thread, never beyond
   * the caller's deadline, and answers the raw response. {@link Refused} with 400 if it is no
   * request, 403 if its host is not allowed, 502 if that can't be reached, 504 if it is late.
   */
  byte[] send(Call caller, byte[] request);
}
