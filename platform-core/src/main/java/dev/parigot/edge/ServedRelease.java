package dev.parigot.edge;

import com.github.benmanes.caffeine.cache.Cache;
import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.Origin;
import dev.parigot.gateway.Routes;
import dev.parigot.gateway.Served;
import dev.parigot.gateway.SiteFile;
import dev.parigot.manifest.Exposure;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.situation.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A release as its gateway sees it. It refers to parts of the release only: that is a weak key. */
record ServedRelease(
    AppId app,
    Routes routes,
    Map<String, Release.SiteFile> site,
    Fleet fleet,
    Artifacts artifacts,
    Cache<String, byte[]> files,
    Logs logs)
    implements Served {
  private static final String COMMAND = "command";
  private static final long CACHED_FILE_BYTES = 4L << 20;

  static ServedRelease of(
      Release release, Fleet fleet, Artifacts artifacts, Cache<String, byte[]> files, Logs logs) {
    List<Routes.Declared> services =
        release.services().stream().map(ServedRelease::declared).toList();
    return new ServedRelease(
        release.app(),
        new Routes(services, release.siteService()),
        release.site(),
        fleet,
        artifacts,
        files,
        logs);
  }

  private static Routes.Declared declared(ReleasedService service) {
    return new Routes.Declared(
        service.name(),
        service.kind().equals(COMMAND),
        exposure(service),
        service.needsUser(),
        service.methods());
  }

  private static Exposure exposure(ReleasedService service) {
    if (service.allPublic()) {
      return new Exposure.Everything();
    }
    List<String> methods = service.publicMethods();
    return methods == null ? new Exposure.Nothing() : new Exposure.Only(methods);
  }

  @Override
  public CallOutcome call(String service, String method, byte[] request, @Nullable User user) {
    return fleet.call(app, service, method, request, Origin.of(user));
  }

  @Override
  public boolean hasFile(String path) {
    return site.containsKey(path);
  }

  @Override
  public Optional<SiteFile> file(String path) {
    return Optional.ofNullable(site.get(path)).map(Artifact::new);
  }

  @Override
  public void tell(String service, String error) {
    logs.write(app, service, "", LogLine.Level.ERROR, error, "");
  }

  /** A file among the artifacts. */
  private final class Artifact implements SiteFile {
    private final Release.SiteFile file;

    Artifact(Release.SiteFile file) {
      this.file = file;
    }

    @Override
    public String tag() {
      return file.digest().substring(file.digest().indexOf(':') + 1);
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public byte[] content() {
      return file.size() > CACHED_FILE_BYTES
          ? artifacts.get(file.digest())
          : files.get(file.digest(), artifacts::get);
    }
  }
}
