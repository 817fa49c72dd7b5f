package dev.parigot.artifact;

/** The artifacts by digest, in a bucket of an S3 service. Safe for use by many threads. */
public final class ArtifactStore implements AutoCloseable {
  /** Connects, and makes the bucket if need be; an {@link ArtifactException} if that fails. */
  public static ArtifactStore open(S3Settings settings) {
    throw new AssertionError("skeleton");
  }

  /** Keeps the bytes; does nothing if they are kept already. Durable when it returns. */
  public Digest put(byte[] content) {
    throw new AssertionError("skeleton");
  }

  /** The artifact's bytes, checked against the digest; the array is the caller's. */
  public byte[] get(Digest digest) {
    throw new AssertionError("skeleton");
  }

  public boolean exists(Digest digest) {
    throw new AssertionError("skeleton");
  }

  @Override
  public void close() {}
}
