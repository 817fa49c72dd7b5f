package dev.parigot.artifact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.artifact.ArtifactException.Reason;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The artifacts by digest, in a bucket of an S3 service. Safe for use by many threads. Whatever
 * fails is an {@link ArtifactException}.
 */
public final class ArtifactStore implements AutoCloseable {
  private static final String PREFIX = "sha256/";
  private static final long CACHE_BYTES = 64L << 20;

  /** Larger artifacts are modules, which their readers keep anyway. */
  private static final int CACHED_AT_MOST = 4 << 20;

  private final Bucket bucket;
  private final Cache<Digest, byte[]> cache =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .<Digest, byte[]>weigher((_, content) -> content.length)
          .build();

  private ArtifactStore(Bucket bucket) {
    this.bucket = bucket;
  }

  /** Connects, and makes the bucket if need be. */
  public static ArtifactStore open(S3Settings settings) {
    return new ArtifactStore(Bucket.open(settings));
  }

  /**
   * A place in the same bucket for bytes that may never become an artifact, and are removed then.
   *
   * @param name a path without a slash at its ends, which belongs to that place alone
   */
  public Shelf shelf(String name) {
    return new Shelf(bucket, name);
  }

  /**
   * Keeps the bytes, and does nothing if they are kept already. When it returns the store has
   * acknowledged them.
   */
  public Digest put(byte[] content) {
    Digest digest = Digest.sha256(content);
    put(digest, content);
    return digest;
  }

  /** The same, for who has taken the digest of the bytes already. */
  public void put(Digest digest, byte[] content) {
    String key = key(digest);
    long kept = bucket.size(key);
    if (kept == Bucket.ABSENT) {
      bucket.create(key, content);
    } else if (kept != content.length) {
      bucket.replace(key, content);
    }
  }

  /**
   * Removes the artifact, if it is there. Whoever keeps one at the same moment may find it there,
   * and then it is gone: who removes must keep those who put away.
   */
  public void remove(Digest digest) {
    bucket.delete(key(digest));
    cache.invalidate(digest);
  }

  /** The artifact's bytes, checked against the digest; the array is the caller's. */
  public byte[] get(Digest digest) {
    byte[] cached = cache.getIfPresent(digest);
    if (cached != null) {
      return cached.clone();
    }
    byte[] content = read(digest);
    if (!Digest.sha256(content).equals(digest)) {
      throw new ArtifactException(
          Reason.DAMAGED, "What the artifact store has as " + digest + " are other bytes.");
    }
    if (content.length <= CACHED_AT_MOST) {
      cache.put(digest, content.clone());
    }
    return content;
  }

  /** Whether the store has the artifact; not whether its bytes are intact. */
  public boolean exists(Digest digest) {
    return bucket.size(key(digest)) != Bucket.ABSENT;
  }

  /** Every artifact that is kept now. */
  public Set<Digest> all() {
    Set<Digest> all = new LinkedHashSet<>();
    bucket.list(
        PREFIX, key -> all.add(Digest.of("sha256:" + key.substring(key.lastIndexOf('/') + 1))));
    return all;
  }

  @Override
  public void close() {
    bucket.close();
  }

  private byte[] read(Digest digest) {
    try {
      return bucket.read(key(digest));
    } catch (ArtifactException e) {
      if (e.reason() == Reason.MISSING) {
        throw new ArtifactException(
            Reason.MISSING, "The artifact store does not have " + digest + ".", e);
      }
      throw e;
    }
  }

  /** One folder for every first byte, so that none grows too large on a disk. */
  private static String key(Digest digest) {
    return PREFIX + digest.hex().substring(0, 2) + "/" + digest.hex();
  }
}
