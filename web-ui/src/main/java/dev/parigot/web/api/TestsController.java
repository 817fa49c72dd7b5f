package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.gate.GateRun;
import dev.parigot.gate.GateRuns;
import dev.parigot.gate.SharedFailures;
import dev.parigot.gate.Wish;
import dev.parigot.picture.Picture;
import dev.parigot.problem.Problem;
import dev.parigot.web.Addresses;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the tests of pushes said, refused ones included. */
@RestController
@RequestMapping("/api/v1/apps/{app}")
@Tag(name = "Tests")
final class TestsController {
  private final Apps apps;
  private final GateRuns runs;
  private final SharedFailures shared;
  private final Addresses addresses;

  TestsController(Apps apps, GateRuns runs, SharedFailures shared, Addresses addresses) {
    this.apps = apps;
    this.runs = runs;
    this.shared = shared;
    this.addresses = addresses;
  }

  @Schema(name = "SharedFailure")
  record Link(
      @Schema(
              description = "Whoever has it sees the failure, without an account.",
              example = "http://5f3a09c1d2e47b6688a0c3f2e1d4b5a7--demo.localhost:8080/")
          String url) {}

  @Schema(name = "TestRun")
  record Told(
      long id,
      String branch,
      @Nullable String commit,
      String by,
      Instant at,
      @Schema(allowableValues = {"passed", "failed", "skipped", "running", "stopped"})
          String outcome,
      long millis,
      List<GateRun.Tested> tests) {}

  @Schema(name = "TimingRun")
  record ToldOfTiming(
      long id,
      String branch,
      @Nullable String commit,
      String by,
      Instant at,
      @Schema(allowableValues = {"passed", "failed", "skipped", "running", "stopped"})
          String outcome,
      @Schema(description = "What was asked for; null for the tests of a push.", nullable = true)
          @Nullable Wish wish,
      List<GateRun.Explored> tests) {}

  @Schema(name = "Trace")
  record Traced(
      long run,
      @Schema(example = "checkout.test_a_double_click_orders_once") String test,
      String branch,
      @Nullable String commit,
      Instant at,
      String failure,
      @Schema(description = "What decides, in a sentence without an end.") String why,
      @Schema(description = "The path of its file under /api/v1/, for `parigot replay`.")
          String file) {}

  @GetMapping("/tests")
  @Operation(
      summary = "Integration tests of pushes, newest first",
      description =
          "Of the last 100 pushes of each branch of an app that has tests, refused ones included. Runs that somebody asked for have no integration tests.")
  Listing<Told> tests(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return list(who, name, after, limit, TestsController::told);
  }

  @GetMapping("/timing")
  @Operation(
      summary = "Timing tests of pushes, and those that were asked for, newest first",
      description =
          "Of the last 100 runs of each branch of an app that has tests, refused pushes included.")
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
    return require(who, name, run).timing().stream()
        .filter(each -> each.name().equals(test))
        .map(GateRun.Explored::failure)
        .flatMap(Stream::ofNullable)
        .map(GateRun.Found::trace)
        .findFirst()
        .orElseThrow(
            () -> Problem.notFound("That run has no failed timing test \"" + test + "\"."));
  }

  @GetMapping("/traces")
  @Operation(
      summary = "Schedules that fail and can be replayed, newest first",
      description = "Those of the runs that `timing` lists; `limit` counts runs.")
  Listing<Traced> traces(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    Listing<GateRun> part = list(who, name, after, limit, Function.identity());
    return new Listing<>(
        part.items().stream().flatMap(run -> traced(name, run)).toList(), part.next());
  }

  private static Stream<Traced> traced(String app, GateRun run) {
    return run.timing().stream()
        .flatMap(test ->
            Stream.ofNullable(test.failure())
                .map(found ->
                    new Traced(
                        run.id(),
                        test.name(),
                        run.branch(),
                        run.commit(),
                        run.at(),
                        found.failure(),
                        found.why(),
                        "apps/%s/timing/%d/traces/%s".formatted(app, run.id(), test.name()))));
  }

  @GetMapping("/tests/{run}/failures/{test}")
  @Operation(
      summary = "How a test of a run fails, step by step",
      description =
          "What the console draws: the run that fails, and beside it one that passes, with what each step read and wrote.")
  Picture failure(
      @PathVariable("app") String name,
      @PathVariable("run") long run,
      @PathVariable("test") String test,
      @AuthenticationPrincipal SignedIn who) {
    return runs.picture(require(who, name, run), test).orElseThrow(() -> none(test));
  }

  @PutMapping("/tests/{run}/failures/{test}/link")
  @Operation(
      summary = "Share how a test fails",
      description =
          "Answers an address that shows it to whoever has it, keys, values and log lines included, and lets them run it with the modules that were tested; the same address each time, until it is revoked.")
  Link share(
      @PathVariable("app") String name,
      @PathVariable("run") long run,
      @PathVariable("test") String test,
      @AuthenticationPrincipal SignedIn who) {
    return shared
        .share(require(who, name, run), test, who.account().email())
        .map(label -> new Link(addresses.sharedFailure(label)))
        .orElseThrow(() -> none(test));
  }

  @DeleteMapping("/tests/{run}/failures/{test}/link")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revoke its link", description = "The address answers 404 from now on.")
  void revoke(
      @PathVariable("app") String name,
      @PathVariable("run") long run,
      @PathVariable("test") String test,
      @AuthenticationPrincipal SignedIn who) {
    if (!shared.revoke(require(who, name, run), test)) {
      throw Problem.notFound("The failure of \"" + test + "\" is not shared.");
    }
  }

  private GateRun require(SignedIn who, String name, long run) {
    return runs.find(apps.require(who.account().id(), name).productionId(), run)
        .orElseThrow(() -> Problem.notFound("There is no run " + run + "."));
  }

  private static Problem none(String test) {
    return Problem.notFound("That run has no picture of a failure of \"" + test + "\".");
  }

  private <T> Listing<T> list(
      SignedIn who, String name, String after, int limit, Function<GateRun, T> told) {
    App app = apps.require(who.account().id(), name);
    return Listing.of(
        runs.of(app, Listing.number(after), limit + 1),
        limit,
        run -> String.valueOf(run.id()),
        told);
  }

  private static Told told(GateRun run) {
    return new Told(
        run.id(),
        run.branch(),
        run.commit(),
        run.by(),
        run.at(),
        word(run.outcome()),
        run.millis(),
        run.tests());
  }

  private static ToldOfTiming toldOfTiming(GateRun run) {
    return new ToldOfTiming(
        run.id(),
        run.branch(),
        run.commit(),
        run.by(),
        run.at(),
        word(run.outcome()),
        run.wish(),
        run.timing());
  }

  private static String word(GateRun.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
