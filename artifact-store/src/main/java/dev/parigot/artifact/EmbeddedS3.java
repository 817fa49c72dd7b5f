package dev.parigot.artifact;

import dev.parigot.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 service inside this process, on the loopback, for where none is configured: S3Proxy over a
 * folder.
 *
 * <p>What it has acknowledged survives the death of the process, however it comes. It does not
 * survive a power cut in the seconds after, since files are not forced to the disk: then an object
 * can be missing or cut short, which {@link ArtifactStore#get} finds out and pushing again mends.
 */
public final class EmbeddedS3 implements AutoCloseable {
  private static final String BUCKET = "artifacts";
  private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{64}");

  private final FileChannel lock;
  private final S3Proxy proxy;
  private final S3Settings settings;

  private EmbeddedS3(FileChannel lock, S3Proxy proxy, S3Settings settings) {
    this.lock = lock;
    this.proxy = proxy;
    this.settings = settings;
  }

  /**
   * Serves the folder, which is made if need be, on a free port with credentials made of {@code
   * random}. An {@link ArtifactException} if the folder can't be used, or is in use.
   */
  public static EmbeddedS3 start(Path folder, SecureRandom random) {
    try {
      Path buckets = Files.createDirectories(folder.toAbsolutePath().resolve("buckets"));
      FileChannel lock = lock(folder);
      try {
        sweep(buckets);
        return serve(buckets, random, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ArtifactException(
          Reason.UNREACHABLE, "The folder " + folder + " can't hold artifacts: " + e, e);
    }
  }

  /** How to reach it, for {@link ArtifactStore#open}. */
  public S3Settings settings() {
    return settings;
  }

  @Override
  public void close() {
    try (lock) {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 service did not stop", e);
    }
  }

  private static EmbeddedS3 serve(Path buckets, SecureRandom random, FileChannel lock) {
    String accessKey = secret(random, 10);
    String secretKey = secret(random, 32);
    FilesystemNio2BlobStore files = new FilesystemNio2BlobStore(buckets.toString());
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(files)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new ArtifactException(
          Reason.UNREACHABLE, "The embedded S3 service does not start: " + e.getMessage(), e);
    }
    URI endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
    return new EmbeddedS3(
        lock, proxy, new S3Settings(endpoint, accessKey, secretKey, BUCKET, "us-east-1"));
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new ArtifactException(
          Reason.UNREACHABLE, "The folder " + folder + " is served by another process.");
    }
    return channel;
  }

  /** Deletes what killed uploads have left: S3Proxy writes beside the object, then renames. */
  private static void sweep(Path buckets) throws IOException {
    Path objects = buckets.resolve(BUCKET);
    if (Files.notExists(objects)) {
      return;
    }
    List<Path> strays;
    try (Stream<Path> files = Files.walk(objects)) {
      strays =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !OBJECT.matcher(file.getFileName().toString()).matches())
              .toList();
    }
    for (Path stray : strays) {
      Files.delete(stray);
    }
  }

  private static String secret(SecureRandom random, int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
