package dev.parigot.release;

import dev.parigot.artifact.ArtifactException;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import dev.parigot.problem.Problem;
import java.time.Instant;
import java.util.Collection;

/**
 * What releases are made of, by digest. Failures of the store are told as problems. What nothing
 * names is collected one day: see DESIGN.md.
 */
public final class Artifacts {
  private final ArtifactStore store;
  private final Ledger ledger;

  public Artifacts(ArtifactStore store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /**
   * Keeps the bytes; does nothing if they are kept already. Answers {@code sha256:<hex>}, which has
   * to become part of something within a day.
   */
  public String put(byte[] content) {
    Digest digest = Digest.sha256(content);
    ledger.name(digest.toString(), content.length);
    try {
      store.put(digest, content);
    } catch (ArtifactException e) {
      throw told(e);
    }
    return digest.toString();
  }

  /**
   * Keeps artifacts for another day, so that they can become part of something else; false if one
   * of them can't be relied upon.
   */
  public boolean renew(Collection<String> digests) {
    return ledger.renew(digests);
  }

  /**
   * Removes an artifact that nothing names; nothing happens if it was kept again since {@code
   * before}. Answers whether it was removed.
   */
  boolean remove(String digest, Instant before) {
    try {
      return ledger.remove(digest, before, () -> store.remove(Digest.of(digest)));
    } catch (ArtifactException e) {
      throw told(e);
    }
  }

  /** The bytes of {@code sha256:<hex>}; the array is the caller's. */
  public byte[] get(String digest) {
    try {
      return store.get(Digest.of(digest));
    } catch (ArtifactException e) {
      throw told(e);
    }
  }

  static Problem told(ArtifactException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNREACHABLE ->
          Problem.external(
              "artifact-store-unreachable",
              message,
              "Try again; if it lasts, check the S3 service.",
              e);
      case MISSING ->
          Problem.external(
              "artifact-missing", message, "Restore it in the S3 bucket, or push again.", e);
      case DAMAGED ->
          Problem.external(
              "artifact-damaged",
              message,
              "Delete that object from the S3 bucket, then push again.",
              e);
    };
  }
}
