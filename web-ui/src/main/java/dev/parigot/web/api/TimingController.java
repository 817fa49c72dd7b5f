package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.gate.GateRun;
import dev.parigot.gate.Progress;
import dev.parigot.gate.TimingRuns;
import dev.parigot.gate.Wish;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Timing tests of what is live, because somebody suspects it. */
@RestController
@RequestMapping("/api/v1/apps/{app}/timing")
@Tag(name = "Tests")
final class TimingController {
  private static final int SCHEDULES = 500;
  private static final int FAULTS = 2;

  private final Apps apps;
  private final TimingRuns runs;

  TimingController(Apps apps, TimingRuns runs) {
    this.apps = apps;
    this.runs = runs;
  }

  @Schema(name = "Suspicion")
  record Wanted(
      @Schema(description = "Names of tests, `module.method`. Left out, all are run.")
          @Nullable List<String> tests,
      @Schema(
              description = "Whose steps are reordered. Left out, those of all services.",
              example = "[\"stock\"]")
          @Nullable List<String> services,
      @Schema(
              description = "How many to run of each test, 1 to 1,000,000; 500 if left out.",
              example = "500")
          @Nullable Integer schedules,
      @Schema(description = "Decides the schedules and all that is random; 1 if left out.")
          @Nullable Long seed,
      @Schema(
              description = "How schedules are made; `mix` if left out.",
              allowableValues = {
                "mix",
                "random",
                "pct",
                "pos",
                "surw",
                "delay",
                "turn",
                "exhaustive"
              })
          @Nullable String strategy,
      @Schema(description = "How many faults of each kind a run may have, 0 to 5; 2 if left out.")
          @Nullable Integer faults) {
    Wish wish() {
      return new Wish(
          0,
          Objects.requireNonNullElse(tests, List.of()),
          Objects.requireNonNullElse(services, List.of()),
          Objects.requireNonNullElse(schedules, SCHEDULES),
          Objects.requireNonNullElse(seed, 1L),
          Objects.requireNonNullElse(strategy, "mix"),
          Objects.requireNonNullElse(faults, FAULTS));
    }
  }

  @Schema(name = "AskedTimingRun")
  record Told(
      long id,
      String branch,
      @Schema(description = "The release that is tried.") int release,
      String by,
      Instant at,
      @Schema(allowableValues = {"running", "stopped", "passed", "failed"}) String outcome,
      @Schema(description = "How long it ran, in ms.") long millis,
      Progress progress,
      Wish wish,
      List<GateRun.Explored> tests) {}

  @PostMapping
  @Operation(
      summary = "Try the live release's timing",
      description =
          "Runs the tests that were deployed with the live release under many schedules, in the background, on copies in memory. One run of an app is under way at a time.")
  ResponseEntity<Told> start(
      @PathVariable("app") String name,
      @RequestBody Wanted wanted,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.require(who.account().id(), name);
    GateRun run = runs.start(app, wanted.wish(), who.account().email());
    return ResponseEntity.created(URI.create("/api/v1/apps/" + app.name() + "/timing/" + run.id()))
        .body(told(run));
  }

  @GetMapping("/{run}")
  @Operation(
      summary = "How far it is",
      description =
          "Of one that was asked for. One whose platform has ended meanwhile is `stopped`, and can go on.")
  Told get(
      @PathVariable("app") String name,
      @PathVariable("run") long run,
      @AuthenticationPrincipal SignedIn who) {
    return told(runs.require(apps.require(who.account().id(), name), run));
  }

  @PostMapping("/{run}/stop")
  @Operation(summary = "Stop it", description = "It ends within a second or so, and can go on.")
  Told stop(
      @PathVariable("app") String name,
      @PathVariable("run") long run,
      @AuthenticationPrincipal SignedIn who) {
    return told(runs.stop(apps.require(who.account().id(), name), run));
  }

  @PostMapping("/{run}/continue")
  @Operation(summary = "Let one that was stopped go on, from the schedule that it came to")
  Told resume(
      @PathVariable("app") String name,
      @PathVariable("run") long run,
      @AuthenticationPrincipal SignedIn who) {
    return told(runs.resume(apps.require(who.account().id(), name), run));
  }

  private static Told told(GateRun run) {
    Wish wish = Objects.requireNonNull(run.wish());
    return new Told(
        run.id(),
        run.branch(),
        wish.release(),
        run.by(),
        run.at(),
        run.outcome().name().toLowerCase(Locale.ROOT),
        run.millis(),
        Progress.of(run),
        wish,
        run.timing());
  }
}
