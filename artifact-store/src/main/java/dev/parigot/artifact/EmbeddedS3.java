package dev.parigot.artifact;

import java.nio.file.Path;

/** An S3 service inside this process, on the loopback, for where none is configured. */
public final class EmbeddedS3 implements AutoCloseable {
  /** Serves the folder, which is made if need be, on a free port with credentials made up now. */
  public static EmbeddedS3 start(Path folder) {
    throw new AssertionError("skeleton");
  }

  /** How to reach it, for {@link ArtifactStore#open}. */
  public S3Settings settings() {
    throw new AssertionError("skeleton");
  }

  @Override
  public void close() {}
}
