package dev.parigot.manifest;

/** Reads parigot.toml. */
public final class ManifestReader {
  /** The most memory that a service may ask for, unless the operator says otherwise: 512 MiB. */
  public static final long MEMORY_CEILING = 512L << 20;

  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @throws MalformedManifest with every mistake in it
   */
  public static Manifest read(String toml) {
    return read(toml, MEMORY_CEILING);
  }

  /** As {@link #read(String)}, with the operator's ceiling on a service's memory, in bytes. */
  public static Manifest read(String toml, long memoryCeiling) {
    throw new AssertionError("skeleton");
  }
}
