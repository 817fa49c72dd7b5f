package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.gate.GateRun;
import dev.parigot.gate.GateRuns;
import dev.parigot.problem.Problem;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the tests of pushes said, refused ones included. */
@RestController
@RequestMapping("/api/v1/apps/{app}")
@Tag(name = "Tests")
final class TestsController {
  private final Apps apps;
  private final GateRuns runs;

  TestsController(Apps apps, GateRuns runs) {
    this.apps = apps;
    this.runs = runs;
  }

  @Schema(name = "TestRun")
  record Told(
      long id,
      @Nullable String commit,
      String by,
      Instant at,
      @Schema(allowableValues = {"passed", "failed", "skipped"}) String outcome,
      long millis,
      List<GateRun.Tested> tests) {}

  @Schema(name = "TimingRun")
  record ToldOfTiming(
      long id,
      @Nullable String commit,
      String by,
      Instant at,
      @Schema(allowableValues = {"passed", "failed", "skipped"}) String outcome,
      List<GateRun.Explored> tests) {}

  @GetMapping("/tests")
  @Operation(
      summary = "Integration tests of pushes, newest first",
      description = "Of the last 100 pushes of an app that has tests, refused ones included.")
  Listing<Told> tests(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return list(who, name, after, limit, TestsController::told);
  }

  @GetMapping("/timing")
  @Operation(
      summary = "Timing tests of pushes, newest first",
      description = "Of the last 100 pushes of an app that has tests, refused ones included.")
  Listing<ToldOfTiming> timing(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return list(who, name, after, limit, TestsController::toldOfTiming);
  }

  @GetMapping(value = "/timing/{run}/traces/{test}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "The file of a schedule that fails, for `parigot replay`")
  String trace(
      @PathVariable("app") String name,
      @PathVariable("run") long run,
      @PathVariable("test") String test,
      @AuthenticationPrincipal SignedIn who) {
    return runs.find(apps.require(who.account().id(), name).id(), run).stream()
        .flatMap(found -> found.timing().stream())
        .filter(each -> each.name().equals(test))
        .map(GateRun.Explored::failure)
        .flatMap(Stream::ofNullable)
        .map(GateRun.Found::trace)
        .findFirst()
        .orElseThrow(
            () -> Problem.notFound("That run has no failed timing test \"" + test + "\"."));
  }

  private <T> Listing<T> list(
      SignedIn who, String name, String after, int limit, Function<GateRun, T> told) {
    App app = apps.require(who.account().id(), name);
    return Listing.of(
        runs.of(app.id(), Listing.number(after), limit + 1),
        limit,
        run -> String.valueOf(run.id()),
        told);
  }

  private static Told told(GateRun run) {
    return new Told(
        run.id(), run.commit(), run.by(), run.at(), word(run.outcome()), run.millis(), run.tests());
  }

  private static ToldOfTiming toldOfTiming(GateRun run) {
    return new ToldOfTiming(
        run.id(), run.commit(), run.by(), run.at(), word(run.outcome()), run.timing());
  }

  private static String word(GateRun.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
