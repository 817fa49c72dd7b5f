package dev.parigot.release;

import dev.parigot.artifact.ArtifactException;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import dev.parigot.problem.Problem;

/** What releases are made of, by digest. Failures of the store are told as problems. */
public final class Artifacts {
  private final ArtifactStore store;

  public Artifacts(ArtifactStore store) {
    this.store = store;
  }

  /** Keeps the bytes; does nothing if they are kept already. Answers {@code sha256:<hex>}. */
  public String put(byte[] content) {
    try {
      return store.put(content).toString();
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
