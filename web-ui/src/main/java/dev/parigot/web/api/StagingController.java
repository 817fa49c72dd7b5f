package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.app.Branch;
import dev.parigot.app.Stagings;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.release.Difference;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import dev.parigot.web.Addresses;
import dev.parigot.web.AppRemoval;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/staging")
@Tag(name = "Staging")
class StagingController {
  @Schema(name = "NewStaging")
  record NewStaging(@NotBlank @Schema(example = "fix/rounding") String branch) {}

  @Schema(name = "Staging")
  record Told(
      @Schema(example = "fix/rounding") String branch,
      @Schema(
              description = "The branch as in its address, and as paths of this API have it.",
              example = "fix-rounding-1f3870")
          String id,
      @Schema(
              description =
                  "What to name as the app wherever only this situation is meant: its releases, services, configuration, logs.",
              example = "fix-rounding-1f3870--shop")
          String app,
      @Schema(example = "http://fix-rounding-1f3870--shop.localhost:8080/") String url,
      @Schema(example = "http://localhost:8080/apps/fix-rounding-1f3870--shop") String consoleUrl,
      Instant createdAt,
      @Schema(description = "What is live; null before the first push.", nullable = true)
          ReleasesController.@Nullable Told live,
      @Schema(
              description =
                  "How what is live here differs from what is live in production; null before the first push.",
              nullable = true)
          @Nullable ToldDifference difference) {}

  private final Apps apps;
  private final Stagings stagings;
  private final Releases releases;
  private final Pipeline pipeline;
  private final AppRemoval removal;
  private final Addresses addresses;
  private final ReleaseAnswers answers;

  StagingController(
      Apps apps,
      Stagings stagings,
      Releases releases,
      Pipeline pipeline,
      AppRemoval removal,
      Addresses addresses,
      ReleaseAnswers answers) {
    this.apps = apps;
    this.stagings = stagings;
    this.releases = releases;
    this.pipeline = pipeline;
    this.removal = removal;
    this.addresses = addresses;
    this.answers = answers;
  }

  @PostMapping
  @Operation(
      summary = "Put a branch in staging",
      description =
          "Empty, to be deployed to. The push of a branch does this by itself. 409 if it is in staging already, or if too many branches are.")
  ResponseEntity<Told> create(
      @PathVariable("app") String name,
      @Valid @RequestBody NewStaging wanted,
      @AuthenticationPrincipal SignedIn who) {
    App app = production(name, who);
    App made = stagings.create(app, Branch.of(wanted.branch()));
    return ResponseEntity.created(
            URI.create("/api/v1/apps/" + app.name() + "/staging/" + made.name().slug()))
        .body(told(made, Optional.empty()));
  }

  @GetMapping
  @Operation(
      summary = "List the branches in staging",
      description = "By branch, with what is different from production.")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    App app = production(name, who);
    Optional<Release> live = releases.live(app.id());
    List<App> found =
        stagings.of(app).stream().filter(each -> branch(each).compareTo(after) > 0).toList();
    return Listing.of(found, limit, StagingController::branch, each -> told(each, live));
  }

  @GetMapping("/{branch}")
  @Operation(
      summary = "Show a branch in staging",
      description = "The branch as its `id` has it; its name will do if it has no slash.")
  Told get(
      @PathVariable("app") String name,
      @PathVariable String branch,
      @AuthenticationPrincipal SignedIn who) {
    App app = production(name, who);
    return told(stagings.require(app, branch), releases.live(app.id()));
  }

  @DeleteMapping("/{branch}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Take a branch out of staging",
      description =
          "With its releases, data, queues, configuration and address; and the branch is deleted in the app's repository here, not in yours.")
  void delete(
      @PathVariable("app") String name,
      @PathVariable String branch,
      @AuthenticationPrincipal SignedIn who) {
    removal.remove(stagings.require(production(name, who), branch));
  }

  @PostMapping("/{branch}/promote")
  @Operation(
      summary = "Promote a branch to production",
      description =
          "Makes a new release in production of the very same artifacts that are live in staging, with the configuration of production. With `Accept: text/event-stream` it tells what it does, like a deployment.")
  @ApiResponse(
      responseCode = "201",
      description = "It is live.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = ReleasesController.Told.class)))
  void promote(
      @PathVariable("app") String name,
      @PathVariable String branch,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    App app = production(name, who);
    App staged = stagings.require(app, branch);
    answers.answer(
        request, response, client -> pipeline.promote(app, staged, who.account().email(), client));
  }

  private App production(String name, SignedIn who) {
    return apps.requireProduction(who.account().id(), name);
  }

  private Told told(App staged, Optional<Release> production) {
    Optional<Release> live = releases.live(staged.id());
    return new Told(
        branch(staged),
        staged.name().slug(),
        staged.name().value(),
        addresses.of(staged.name()),
        addresses.console(staged.name()),
        staged.createdAt(),
        live.map(ReleasesController::told).orElse(null),
        live.map(release -> Difference.between(contents(production), release.contents()))
            .map(ToldDifference::of)
            .orElse(null));
  }

  private static Release.Contents contents(Optional<Release> release) {
    return release.map(Release::contents).orElseGet(() -> Release.Contents.of(List.of()));
  }

  private static String branch(App staged) {
    return staged.situation().branch().name();
  }
}
