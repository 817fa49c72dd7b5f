package dev.parigot.demo;

import dev.parigot.app.App;
import dev.parigot.browser.BrowserApp;
import dev.parigot.browser.BrowserSource;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.manifest.StartingData;
import dev.parigot.problem.Problem;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes releases into files for browsers and keeps those as artifacts, each compressed once. The
 * same release gives the same files.
 */
final class Winder {
  private static final String SITUATION = "demo";

  private final Artifacts artifacts;
  private final JsonMapper json = new JsonMapper();

  Winder(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * Winds a release; answers the digest of its {@link Content}. A 409 {@code Problem} if it can't
   * run in a browser.
   *
   * @param startingData the digest of what its store holds at first, or null
   */
  String wind(App app, Release release, @Nullable String startingData) {
    String manifest = release.contents().manifest();
    if (manifest == null) {
      throw unfit(
          release,
          "it was made by a version of Parigot that had no demos",
          "Deploy the app once more, and share the release that this makes.");
    }
    Map<String, byte[]> files;
    try {
      files = BrowserApp.of(source(app, release, manifest, data(startingData))).files();
    } catch (IllegalArgumentException e) {
      throw unfit(release, String.valueOf(e.getMessage()), "Deploy it without that.");
    }
    Map<String, Content.StoredFile> stored = new TreeMap<>();
    files.forEach((path, content) -> stored.put(path, store(content)));
    Content content = new Content(stored, release.contents().outbound());
    return artifacts.put(json.writeValueAsBytes(content));
  }

  Content read(String digest) {
    return json.readValue(artifacts.get(digest), Content.class);
  }

  /** Only what the manifest says of its configuration: what the owner has set may be secret. */
  private BrowserSource source(
      App app, Release release, String digest, Map<String, byte[]> startingData) {
    Manifest manifest =
        ManifestReader.read(new String(artifacts.get(digest), StandardCharsets.UTF_8));
    Map<String, byte[]> modules = new LinkedHashMap<>();
    for (ReleasedService service : release.services()) {
      modules.put(service.name(), artifacts.get(service.digest()));
    }
    Map<String, byte[]> site = new LinkedHashMap<>();
    release.site().forEach((path, file) -> site.put(path, artifacts.get(file.digest())));
    return new BrowserSource(
        app.name().value(), manifest, modules, site, manifest.config().in(SITUATION), startingData);
  }

  private Map<String, byte[]> data(@Nullable String digest) {
    return digest == null ? Map.of() : StartingData.read(artifacts.get(digest));
  }

  private Content.StoredFile store(byte[] content) {
    byte[] gzip = gzip(content);
    return new Content.StoredFile(
        new Content.Stored(artifacts.put(content), content.length),
        gzip.length < content.length ? new Content.Stored(artifacts.put(gzip), gzip.length) : null);
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new Tight(compressed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Takes its time: it is done once, and read often. */
  private static final class Tight extends GZIPOutputStream {
    Tight(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static Problem unfit(Release release, String why, String next) {
    return Problem.user(
        409,
        "release-not-for-demos",
        "v" + release.number() + " can't run in a browser: " + why + ".",
        next);
  }
}
