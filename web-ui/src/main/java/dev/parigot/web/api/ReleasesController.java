package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}")
@Tag(name = "Releases")
class ReleasesController {
  @Schema(name = "Release")
  record Told(
      @Schema(example = "12") int number,
      @Schema(allowableValues = {"starting", "live", "replaced", "failed"}) String state,
      @Schema(
              description = "How it came to be.",
              allowableValues = {"push", "rollback", "configuration"})
          String origin,
      @Schema(description = "The release that a rollback made live again.", nullable = true)
          @Nullable Integer rolledBackTo,
      @Schema(description = "The git commit, if it came by git.", nullable = true)
          @Nullable String commit,
      @Schema(description = "Who made it.", example = "ada@example.org") String by,
      Instant at,
      @Schema(description = "Services against the release before, compared by content.")
          List<String> changed,
      List<String> unchanged,
      List<String> added,
      List<String> removed,
      @Schema(description = "Why its launch failed.", nullable = true) @Nullable String failure) {}

  @Schema(name = "Rollback")
  record Rollback(
      @NotNull @Min(1) @Schema(description = "The release to make live again.", example = "3")
          Integer release) {}

  private final Apps apps;
  private final Releases releases;
  private final Pipeline pipeline;

  ReleasesController(Apps apps, Releases releases, Pipeline pipeline) {
    this.apps = apps;
    this.releases = releases;
    this.pipeline = pipeline;
  }

  @GetMapping("/releases")
  @Operation(summary = "List the releases, newest first")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.require(who.account().id(), name);
    int before = (int) Math.clamp(Listing.number(after), 0, Integer.MAX_VALUE);
    return Listing.of(
        releases.of(app.id(), before, limit + 1),
        limit,
        release -> String.valueOf(release.number()),
        ReleasesController::told);
  }

  @PostMapping(
      value = "/releases",
      consumes = {"application/gzip", "application/x-gzip", "application/octet-stream"})
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Deploy an archive",
      description =
          "The body is a .tar.gz of what would be pushed, parigot.toml at its root. Answers when the release is live; a refusal tells every mistake in `details`.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/gzip",
                      schema = @Schema(type = "string", format = "binary"))))
  Told deploy(
      @PathVariable("app") String name,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request)
      throws IOException {
    App app = apps.require(who.account().id(), name);
    try (Archive archive = Archive.read(request.getInputStream(), Archive.Limits.DEFAULT)) {
      return told(pipeline.prepare(app, who.account().email(), archive, Progress.SILENT).commit());
    }
  }

  @PostMapping("/rollback")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Make an earlier release live again",
      description = "Makes a new release of its artifacts and configuration.")
  Told rollback(
      @PathVariable("app") String name,
      @Valid @RequestBody Rollback rollback,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.require(who.account().id(), name);
    return told(pipeline.rollback(app, rollback.release(), who.account().email(), Progress.SILENT));
  }

  private static String origin(Release.Origin origin) {
    return switch (origin) {
      case Release.Origin.Push _ -> "push";
      case Release.Origin.Rollback _ -> "rollback";
      case Release.Origin.Reconfiguration _ -> "configuration";
    };
  }

  private static Told told(Release release) {
    Release.Changes changes = release.changes();
    return new Told(
        release.number(),
        release.state().name().toLowerCase(Locale.ROOT),
        origin(release.origin()),
        release.origin() instanceof Release.Origin.Rollback rollback ? rollback.number() : null,
        release.commit(),
        release.by(),
        release.at(),
        changes.changed(),
        changes.unchanged(),
        changes.added(),
        changes.removed(),
        release.failure());
  }
}
