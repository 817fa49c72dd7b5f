package dev.parigot.domain;

import dev.parigot.app.AppId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host under which an app answers, once it is proved.
 *
 * @param token what its TXT record must say
 * @param proved since when it is, or null
 * @param checked when its record was looked for last, or null
 * @param finding why the last look did not prove it, or null
 */
public record Domain(
    long id,
    AppId app,
    HostName host,
    String token,
    String by,
    Instant at,
    @Nullable Instant proved,
    @Nullable Instant checked,
    @Nullable String finding,
    Certification certification) {

  /** The name of the TXT record that proves it. */
  public String recordName() {
    return "_parigot." + host;
  }

  public boolean isProved() {
    return proved != null;
  }

  /** What the owner is told of it. */
  public enum State {
    /** The record is not there yet. */
    WAITING,
    /** It is served, over HTTP alone: this platform gets no certificates. */
    PROVED,
    /** It is served over HTTP; a certificate is being had. */
    PENDING,
    /** It is served over HTTPS. */
    ISSUED,
    /** It is served over HTTP; no certificate could be had, and that is tried again. */
    FAILED
  }

  /**
   * @param certifies whether this platform gets certificates
   */
  public State state(boolean certifies, Instant now) {
    if (!isProved()) {
      return State.WAITING;
    }
    Instant end = certification.notAfter();
    if (end != null && now.isBefore(end)) {
      return State.ISSUED;
    }
    if (!certifies) {
      return State.PROVED;
    }
    return certification.failure() == null ? State.PENDING : State.FAILED;
  }

  /**
   * How it stands with the certificate.
   *
   * @param notAfter the end of the one that there is, or null
   * @param failure why the last attempt failed, or null
   * @param nextTry when the next attempt is due, to get one or to renew it; null if never
   */
  public record Certification(
      @Nullable Instant notAfter, @Nullable String failure, @Nullable Instant nextTry) {
    static final Certification NONE = new Certification(null, null, null);
  }
}
