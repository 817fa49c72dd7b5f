package dev.parigot.artifact;

import dev.parigot.artifact.ArtifactException.Reason;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteArgs;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** A bucket of an S3 service. Whatever fails is an {@link ArtifactException}. */
final class Bucket implements AutoCloseable {
  static final long ABSENT = -1;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);
  private static final int PUT_ATTEMPTS = 3;
  private static final int PRECONDITION_FAILED = 412;

  /** Of S3: another conditional write of the same key is under way. */
  private static final int CONFLICT = 409;

  private static final Set<String> NOTHING_THERE =
      Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound");

  private final S3Settings settings;
  private final MinioClient client;

  private Bucket(S3Settings settings) {
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
  static Bucket open(S3Settings settings) {
    Bucket bucket = new Bucket(settings);
    try {
      bucket.make();
      return bucket;
    } catch (RuntimeException e) {
      bucket.close();
      throw e;
    }
  }

  /** The size of what is under the key in bytes, or {@link #ABSENT}. */
  long size(String key) {
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
  void create(String key, byte[] content) {
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

  /** Writes it whatever was there; so it also mends what a power cut has left cut short. */
  void replace(String key, byte[] content) {
    ask(() -> client.putObject(object(key, content, new Http.Headers())));
  }

  byte[] read(String key) {
    GetObjectArgs args = GetObjectArgs.builder().bucket(settings.bucket()).object(key).build();
    try (InputStream body = client.getObject(args)) {
      return body.readAllBytes();
    } catch (ErrorResponseException e) {
      if (NOTHING_THERE.contains(e.errorResponse().code())) {
        throw new ArtifactException(Reason.MISSING, "There is no object " + key + ".", e);
      }
      throw unreachable(e);
    } catch (MinioException | IllegalStateException | IOException e) {
      throw unreachable(e);
    }
  }

  /** Tells every key that begins so. */
  void list(String prefix, Consumer<String> keys) {
    ask(() -> {
      for (Result<Item> found :
          client.listObjects(
              ListObjectsArgs.builder()
                  .bucket(settings.bucket())
                  .prefix(prefix)
                  .recursive(true)
                  .build())) {
        keys.accept(found.get().objectName());
      }
      return prefix;
    });
  }

  /** Does nothing if there is nothing. */
  void delete(String key) {
    try {
      client.removeObject(RemoveObjectArgs.builder().bucket(settings.bucket()).object(key).build());
    } catch (ErrorResponseException e) {
      if (!NOTHING_THERE.contains(e.errorResponse().code())) {
        throw unreachable(e);
      }
    } catch (MinioException | IllegalStateException e) {
      throw unreachable(e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 client did not close", e);
    }
  }

  private void make() {
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

  /** One part whatever the size: a condition does not hold for an upload in parts. */
  private PutObjectArgs object(String key, byte[] content, Http.Headers headers) {
    long partSize = Math.max(content.length, ObjectWriteArgs.MIN_MULTIPART_SIZE);
    return PutObjectArgs.builder().bucket(settings.bucket()).object(key).headers(headers).stream(
            new ByteArrayInputStream(content), (long) content.length, partSize)
        .build();
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
