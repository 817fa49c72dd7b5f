package dev.parigot.artifact;

import dev.parigot.artifact.ArtifactException.Reason;
import java.util.Optional;

/**
 * Bytes by digest that are kept for a while, apart from the artifacts: what is removed here is
 * never what somebody else relies on.
 */
public final class Shelf {
  private final Bucket bucket;
  private final String name;

  Shelf(Bucket bucket, String name) {
    this.bucket = bucket;
    this.name = name;
  }

  /** Keeps the bytes under their digest, whatever was there. */
  public void put(Digest digest, byte[] content) {
    bucket.replace(key(digest), content);
  }

  /** The bytes if they are still there and whole; the array is the caller's. */
  public Optional<byte[]> get(Digest digest) {
    try {
      byte[] content = bucket.read(key(digest));
      return Digest.sha256(content).equals(digest) ? Optional.of(content) : Optional.empty();
    } catch (ArtifactException e) {
      if (e.reason() == Reason.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Does nothing if there is nothing under the digest. */
  public void remove(Digest digest) {
    bucket.delete(key(digest));
  }

  private String key(Digest digest) {
    return name + "/" + digest.hex();
  }
}
