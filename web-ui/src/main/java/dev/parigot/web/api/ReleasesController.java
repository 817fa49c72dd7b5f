package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Replacement;
import dev.parigot.pipeline.DeployOptions;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.SourceTree;
import dev.parigot.pipeline.UploadedTree;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.release.Uploads;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}")
@Tag(name = "Releases")
class ReleasesController {
  private static final String SKIP_GATE =
      "Whether it goes live untested. The list of tests says who wanted that.";
  private static final String ALL =
      "Whether services that did not change get new instances, too: what they keep in memory is lost.";

  @Schema(name = "Release")
  record Told(
      @Schema(example = "12") int number,
      @Schema(allowableValues = {"starting", "live", "replaced", "failed"}) String state,
      @Schema(
              description = "How it came to be.",
              allowableValues = {"push", "rollback", "configuration", "promotion"})
          String origin,
      @Schema(description = "The release that a rollback made live again.", nullable = true)
          @Nullable Integer rolledBackTo,
      @Schema(description = "The branch that a promotion released to production.", nullable = true)
          @Nullable String promotedBranch,
      @Schema(description = "The number of that release in staging.", nullable = true)
          @Nullable Integer promotedRelease,
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

  @Schema(name = "NewRelease", description = "What is deployed: the digest of each file.")
  record Files(
      @Schema(description = "The full id of the git commit, if there is one.", nullable = true)
          @Pattern(
              regexp = "[0-9a-f]{40}([0-9a-f]{24})?",
              message = "must be a full commit id in lower case")
          @Nullable String commit,
      @NotEmpty
          @Schema(
              description = "Digests by path, with slashes, relative to parigot.toml.",
              example = "{\"parigot.toml\": \"sha256:9f86…\"}")
          Map<String, @NotNull String> files) {}

  /** How a request is answered that makes a release. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ApiResponse(
      responseCode = "201",
      description = "It is live.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Told.class)))
  private @interface AnswersTheRelease {}

  private final Apps apps;
  private final Releases releases;
  private final Uploads uploads;
  private final Pipeline pipeline;
  private final ReleaseAnswers answers;

  ReleasesController(
      Apps apps, Releases releases, Uploads uploads, Pipeline pipeline, ReleaseAnswers answers) {
    this.apps = apps;
    this.releases = releases;
    this.uploads = uploads;
    this.pipeline = pipeline;
    this.answers = answers;
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
  @Operation(
      summary = "Deploy",
      description =
          "The body is a .tar.gz of what would be pushed, parigot.toml at its root; or, as JSON, the digest of each such file by its path, after the bytes that the platform lacks were sent (uploads, blobs). Answers when the release is live; a refusal tells every mistake in `details`. With `Accept: text/event-stream` it answers while the deployment goes on: events `step` and `detail` with a `text`, in the end `release` or `problem`.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/gzip",
                      schema = @Schema(type = "string", format = "binary"))))
  @AnswersTheRelease
  @ApiResponse(
      responseCode = "200",
      description = "It goes on.",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  void deploy(
      @PathVariable("app") String name,
      @Parameter(description = ALL) @RequestParam(defaultValue = "false") boolean all,
      @Parameter(description = SKIP_GATE) @RequestParam(defaultValue = "false") boolean skipGate,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    App app = apps.require(who.account().id(), name);
    DeployOptions options = options(all, skipGate);
    try (Archive archive = Archive.read(request.getInputStream(), Archive.Limits.DEFAULT)) {
      answers.answer(request, response, client -> deployed(app, who, archive, options, client));
    }
  }

  @PostMapping(value = "/releases", consumes = MediaType.APPLICATION_JSON_VALUE)
  @AnswersTheRelease
  void deployFiles(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "false") boolean all,
      @RequestParam(defaultValue = "false") boolean skipGate,
      @Valid @RequestBody Files files,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    App app = apps.require(who.account().id(), name);
    DeployOptions options = options(all, skipGate);
    UploadedTree tree = UploadedTree.of(uploads.holdings(app.id()), files.commit(), files.files());
    answers.answer(
        request,
        response,
        client -> {
          Release release = deployed(app, who, tree, options, client);
          uploads.released(release);
          return release;
        });
  }

  @PostMapping("/rollback")
  @Operation(
      summary = "Make an earlier release live again",
      description =
          "Makes a new release of its artifacts and configuration. With `Accept: text/event-stream` it tells what it does, like a deployment.")
  @AnswersTheRelease
  void rollback(
      @PathVariable("app") String name,
      @Valid @RequestBody Rollback rollback,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    App app = apps.require(who.account().id(), name);
    answers.answer(
        request,
        response,
        client -> pipeline.rollback(app, rollback.release(), who.account().email(), client));
  }

  private static DeployOptions options(boolean all, boolean skipGate) {
    return new DeployOptions(all ? Replacement.ALL : Replacement.CHANGED, skipGate);
  }

  /** Accepts it only if whoever waits for it is still there. */
  private Release deployed(
      App app, SignedIn who, SourceTree tree, DeployOptions options, ReleaseAnswers.Client client) {
    Pipeline.Prepared prepared =
        pipeline.prepare(app, who.account().email(), tree, options, client);
    if (client.gone()) {
      prepared.abandon("the client went away before it was accepted");
      throw Problem.user(
          400, "client-gone", "The client went away before acceptance.", "Deploy again.");
    }
    return prepared.commit();
  }

  private static String origin(Release.Origin origin) {
    return switch (origin) {
      case Release.Origin.Push _ -> "push";
      case Release.Origin.Rollback _ -> "rollback";
      case Release.Origin.Reconfiguration _ -> "configuration";
      case Release.Origin.Promotion _ -> "promotion";
    };
  }

  static Told told(Release release) {
    Release.Changes changes = release.changes();
    return new Told(
        release.number(),
        release.state().name().toLowerCase(Locale.ROOT),
        origin(release.origin()),
        release.origin() instanceof Release.Origin.Rollback rollback ? rollback.number() : null,
        release.origin() instanceof Release.Origin.Promotion promotion ? promotion.branch() : null,
        release.origin() instanceof Release.Origin.Promotion promotion ? promotion.number() : null,
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
