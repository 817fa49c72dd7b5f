package dev.parigot.artifact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parigot.artifact.ArtifactException.Reason;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.Http;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteArgs;
import io.minio.PutObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import okhttp3.OkHttpClient;

/**
 * The artifacts by digest, in a bucket of an S3 service. Safe for use by many threads. Whatever
 * fails is an {@link ArtifactException}.
 */
public final class ArtifactStore implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);
  private static final long CACHE_BYTES = 64L << 20;

  /** Larger artifacts are modules, which their readers keep anyway. */
  private static final int CACHED_AT_MOST = 4 << 20;

  private static final long ABSENT = -1;
  private static final int PUT_ATTEMPTS = 3;
  private static final int PRECONDITION_FAILED = 412;

  /** Of S3: another conditional write of the same key is under way. */
  private static final int CONFLICT = 409;

  private static final Set<String> NOTHING_THERE =
      Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound");

  private final S3Settings settings;
  private final MinioClient client;
  private final Cache<Digest, byte[]> cache =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .<Digest, byte[]>weigher((_, content) -> content.length)
          .build();

  private ArtifactStore(S3Settings settings) {
    this.settings = settings;
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(TRANSFER_TIMEOUT)
            .writeTimeout(TRANSFER_TIMEOUT)
            .build();
    this.client =
        MinioClient.builder()
            .endpoint(settings.endpoint().toString())
            .credentials(settings.accessKey(), settings.secretKey())
            .region(settings.region())
            .httpClient(http, true)
            .build();
  }

  /** Connects, and makes the bucket if need be. */
  public static ArtifactStore open(S3Settings settings) {
    ArtifactStore store = new ArtifactStore(settings);
    try {
      store.makeBucket();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Keeps the bytes, and does nothing if they are kept already. When it returns the store has
   * acknowledged them.
   */
  public Digest put(byte[] content) {
    Digest digest = Digest.sha256(content);
    String key = key(digest);
    long kept = size(key);
    if (kept == ABSENT) {
      create(key, content);
    } else if (kept != content.length) {
      replace(key, content);
    }
    return digest;
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
    return size(key(digest)) != ABSENT;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 client did not close", e);
    }
  }

  /** One folder for every first byte, so that none grows too large on a disk. */
  private static String key(Digest digest) {
    return "sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex();
  }

  private void makeBucket() {
    String bucket = settings.bucket();
    boolean exists =
        ask(() -> client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
    if (exists) {
      return;
    }
    try {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).region(settings.region()).build());
    } catch (ErrorResponseException e) {
      if (!e.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
        throw unreachable(e);
      }
    } catch (MinioException | IllegalStateException e) {
      throw unreachable(e);
    }
  }

  /** The size of what is under the key in bytes, or {@link #ABSENT}. */
  private long size(String key) {
    try {
      return client
          .statObject(StatObjectArgs.builder().bucket(settings.bucket()).object(key).build())
          .size();
    } catch (ErrorResponseException e) {
      if (NOTHING_THERE.contains(e.errorResponse().code())) {
        return ABSENT;
      }
      throw unreachable(e);
    } catch (MinioException | IllegalStateException e) {
      throw unreachable(e);
    }
  }

  /** Of several that create the same object at a time one writes, the others find it written. */
  private void create(String key, byte[] content) {
    for (int attempt = 1; ; attempt++) {
      try {
        client.putObject(object(key, content, new Http.Headers("If-None-Match", "*")));
        return;
      } catch (ErrorResponseException e) {
        int status = e.response().code();
        if (status == PRECONDITION_FAILED) {
          return;
        }
        if (status != CONFLICT || attempt == PUT_ATTEMPTS) {
          throw unreachable(e);
        }
      } catch (MinioException | IllegalStateException e) {
        throw unreachable(e);
      }
    }
  }

  /** Mends an object that a power cut has left cut short. */
  private void replace(String key, byte[] content) {
    ask(() -> client.putObject(object(key, content, new Http.Headers())));
  }

  /** One part whatever the size: a condition does not hold for an upload in parts. */
  private PutObjectArgs object(String key, byte[] content, Http.Headers headers) {
    long partSize = Math.max(content.length, ObjectWriteArgs.MIN_MULTIPART_SIZE);
    return PutObjectArgs.builder().bucket(settings.bucket()).object(key).headers(headers).stream(
            new ByteArrayInputStream(content), (long) content.length, partSize)
        .build();
  }

  private byte[] read(Digest digest) {
    GetObjectArgs args =
        GetObjectArgs.builder().bucket(settings.bucket()).object(key(digest)).build();
    try (InputStream body = client.getObject(args)) {
      return body.readAllBytes();
    } catch (ErrorResponseException e) {
      if (NOTHING_THERE.contains(e.errorResponse().code())) {
        throw new ArtifactException(
            Reason.MISSING, "The artifact store does not have " + digest + ".", e);
      }
      throw unreachable(e);
    } catch (MinioException | IllegalStateException | IOException e) {
      throw unreachable(e);
    }
  }

  private <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (MinioException | IllegalStateException e) {
      throw unreachable(e);
    }
  }

  /** The SDK tells a refused connection as an {@link IllegalStateException}. */
  private ArtifactException unreachable(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new ArtifactException(
        Reason.UNREACHABLE,
        "The artifact store at " + settings.endpoint() + " fails: " + cause.getMessage(),
        e);
  }

  private interface Question<T> {
    T ask() throws MinioException;
  }
}
