package dev.parigot.web.api;

import dev.parigot.app.Apps;
import dev.parigot.release.Difference;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.release.Releases;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One release: what it is made of, and what it has otherwise than another. */
@RestController
@RequestMapping("/api/v1/apps/{app}/releases/{number}")
@Tag(name = "Releases")
class ReleaseController {
  @Schema(name = "ReleasedService")
  record Service(
      String name,
      @Schema(allowableValues = {"service", "command", "plain"}) String kind,
      String digest,
      @Schema(description = "Of the module, in bytes.") long size,
      @Schema(description = "What it exports to be called.") List<String> methods,
      @Schema(description = "Methods that are reachable over HTTP.") List<String> exposed,
      @Schema(description = "Calls that it can make: the edges of the graph.")
          List<ReleasedService.Call> calls,
      @Schema(
              description =
                  "The platform's modules that it imports; null if the release is older than those are kept.",
              nullable = true)
          @Nullable List<String> capabilities,
      int min,
      int max,
      long memoryBytes,
      long timeoutMillis) {
    static Service of(ReleasedService service) {
      return new Service(
          service.name(),
          service.kind(),
          service.digest(),
          service.size(),
          service.methods(),
          service.exposed(),
          service.dependsOn(),
          service.capabilities(),
          service.min(),
          service.max(),
          service.memoryBytes(),
          service.timeoutNanos() / 1_000_000);
    }
  }

  @Schema(name = "ReleaseDetails")
  record Details(
      ReleasesController.Told release,
      List<Service> services,
      @Schema(description = "How many files its site has.") int siteFiles,
      @Schema(description = "Of all files of the site together.") long siteBytes,
      @Schema(description = "Keys; values are never told here.") List<String> config,
      List<String> queues,
      @Schema(description = "Hosts that may be reached.") List<String> outbound,
      @Schema(
              description =
                  "How long the parts of its deployment took: `wait` for the one before, `check`, `store`, `start`, `accept`. Empty unless it was live.")
          List<Release.Step> steps) {}

  @Schema(name = "ReleaseChanges")
  record Changes(
      int release,
      @Schema(
              description =
                  "The release that it is compared with; null if there is none, and all of it is new.",
              nullable = true)
          @Nullable Integer since,
      ToldDifference changes) {}

  private final Apps apps;
  private final Releases releases;

  ReleaseController(Apps apps, Releases releases) {
    this.apps = apps;
    this.releases = releases;
  }

  @GetMapping
  @Operation(summary = "Show a release: services, site, and how long its deployment took")
  Details show(
      @PathVariable String app,
      @PathVariable @Min(1) int number,
      @AuthenticationPrincipal SignedIn who) {
    Release release = release(app, number, who);
    Map<String, Release.SiteFile> site = release.site();
    return new Details(
        ReleasesController.told(release),
        release.services().stream().map(Service::of).toList(),
        site.size(),
        site.values().stream().mapToLong(Release.SiteFile::size).sum(),
        List.copyOf(new TreeSet<>(release.config().keySet())),
        List.copyOf(new TreeSet<>(release.contents().queues().keySet())),
        release.contents().outbound(),
        releases.steps(release));
  }

  @GetMapping("/changes")
  @Operation(
      summary = "Compare a release with another one",
      description =
          "Told from what each is made of: services with sizes, methods, calls, capabilities and settings; files of the site; names of the configuration. Without `since` it is compared with the one that was live before it.")
  Changes changes(
      @PathVariable String app,
      @PathVariable @Min(1) int number,
      @RequestParam(required = false) @Min(1) @Nullable Integer since,
      @AuthenticationPrincipal SignedIn who) {
    Release release = release(app, number, who);
    Optional<Release> before =
        since == null ? releases.before(release) : Optional.of(release(app, since, who));
    Release.Contents contents =
        before.map(Release::contents).orElse(Release.Contents.of(List.of()));
    return new Changes(
        number,
        before.map(Release::number).orElse(null),
        ToldDifference.of(Difference.between(contents, release.contents())));
  }

  private Release release(String app, int number, SignedIn who) {
    return releases.require(apps.require(who.account().id(), app).id(), number);
  }
}
