package dev.parigot.web.api;

import dev.parigot.release.Difference;
import dev.parigot.release.ReleasedService;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@link Difference} in JSON. */
@Schema(name = "Difference", description = "What is different between two releases.")
record ToldDifference(
    @Schema(description = "Those that differ.") List<Service> services,
    @Schema(description = "Those that do not.") List<String> unchanged,
    Site site,
    @Schema(description = "Keys of the configuration; values are never told.")
        Difference.Names config,
    Difference.Names queues,
    @Schema(description = "Schedules.") Difference.Names cron,
    Difference.Names channels,
    @Schema(description = "Keys of the manifest's `[auth]`: `sign_up`, `oidc.<name>`.")
        Difference.Names signIn,
    @Schema(description = "Hosts that may be reached.") Difference.Gains<String> outbound) {
  /** Names of files that are told; of the others there is the count. */
  private static final int MOST_NAMES = 100;

  @Schema(name = "DifferentService")
  record Service(
      String name,
      @Schema(
              description =
                  "`changed`: its module has other bytes; `settings`: the same bytes, reachable or run otherwise.",
              allowableValues = {"added", "removed", "changed", "settings"})
          String change,
      @Schema(description = "Null if it is added.", nullable = true)
          Difference.@Nullable Module before,
      @Schema(description = "Null if it is removed.", nullable = true)
          Difference.@Nullable Module now,
      Difference.Gains<String> methods,
      @Schema(description = "Calls that it can make: the edges of the graph.")
          Difference.Gains<ReleasedService.Call> calls,
      @Schema(description = "Methods that are reachable over HTTP.")
          Difference.Gains<String> exposed,
      @Schema(
              description =
                  "The platform's modules that it imports; null if one of the releases is older than those are kept.",
              nullable = true)
          Difference.@Nullable Gains<String> capabilities,
      @Schema(
              description =
                  "`min`, `max`, `memoryBytes`, `timeoutMillis`, and `signedIn`: 1 where only users who are signed in are let in, else 0.")
          List<Difference.Setting> settings) {
    static Service of(Difference.ServiceChange change) {
      return new Service(
          change.name(),
          change.kind().name().toLowerCase(Locale.ROOT),
          change.before(),
          change.now(),
          change.methods(),
          change.calls(),
          change.exposed(),
          change.capabilities(),
          change.settings());
    }
  }

  @Schema(name = "DifferentFiles")
  record Files(int count, @Schema(description = "The first 100 of them.") List<String> paths) {
    static Files of(List<String> paths) {
      return new Files(paths.size(), paths.stream().limit(MOST_NAMES).toList());
    }
  }

  @Schema(name = "DifferentSite")
  record Site(
      Files added,
      Files changed,
      Files removed,
      long bytesBefore,
      long bytesNow,
      @Schema(description = "Gets what no file matches.", nullable = true)
          @Nullable String serviceBefore,
      @Schema(nullable = true) @Nullable String serviceNow) {
    static Site of(Difference.SiteChange site) {
      return new Site(
          Files.of(site.files().added()),
          Files.of(site.files().changed()),
          Files.of(site.files().removed()),
          site.bytesBefore(),
          site.bytesNow(),
          site.serviceBefore(),
          site.serviceNow());
    }
  }

  static ToldDifference of(Difference difference) {
    return new ToldDifference(
        difference.services().stream().map(Service::of).toList(),
        difference.unchanged(),
        Site.of(difference.site()),
        difference.config(),
        difference.queues(),
        difference.cron(),
        difference.channels(),
        difference.signIn(),
        difference.outbound());
  }
}
