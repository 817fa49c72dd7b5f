package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.cron.Job;
import dev.parigot.cron.Jobs;
import dev.parigot.cron.Run;
import dev.parigot.release.Release;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/cron")
@Tag(name = "Schedules")
class CronController {
  /** Of the next ticks of each schedule. */
  private static final int TICKS = 5;

  @Schema(name = "Tick")
  record Tick(
      Instant at,
      @Schema(
              description = "What the clocks of the time zone do around it, if anything.",
              nullable = true)
          @Nullable String told) {}

  @Schema(name = "Schedule")
  record Told(
      @Schema(example = "restock") String name,
      @Schema(example = "*/5 * * * *") String schedule,
      @Schema(example = "Europe/Paris") String timezone,
      @Schema(example = "every 5 minutes") String words,
      @Schema(example = "stock.restock") String call,
      @Schema(allowableValues = {"forbid", "allow", "replace"}) String overlap,
      @Schema(description = "Whether it fires by itself here.") boolean on,
      @Schema(description = "The next ticks; none if it is off.") List<Tick> next,
      @Schema(description = "Its newest run.", nullable = true) @Nullable Ran last) {}

  @Schema(name = "Run")
  record Ran(
      long id,
      @Schema(description = "The tick that it is for; null if somebody asked.", nullable = true)
          @Nullable Instant due,
      @Schema(description = "Who asked for it, if somebody did.", nullable = true)
          @Nullable String askedBy,
      @Schema(description = "How many ticks before that one it stands for, too.") int missed,
      @Schema(description = "The first of them.", nullable = true) @Nullable Instant missedSince,
      @Schema(description = "When it began.") Instant at,
      @Schema(description = "How long it took; null while it runs.", nullable = true)
          @Nullable Long durationMs,
      @Schema(allowableValues = {"running", "succeeded", "failed", "skipped", "cancelled", "lost"})
          String outcome,
      @Schema(description = "The code of the error that the call ended with.", nullable = true)
          @Nullable Integer code,
      @Schema(description = "Why it was no success.", nullable = true) @Nullable String said,
      @Schema(nullable = true) @Nullable Integer release,
      @Schema(description = "What its lines in the log bear as `call`.", nullable = true)
          @Nullable String call,
      @Schema(description = "W3C trace context.", nullable = true) @Nullable String traceparent,
      @Schema(description = "The last lines that the method wrote.", nullable = true)
          @Nullable String log) {}

  private final Apps apps;
  private final Jobs jobs;

  CronController(Apps apps, Jobs jobs) {
    this.apps = apps;
    this.jobs = jobs;
  }

  @GetMapping
  @Operation(
      summary = "List the schedules of the live release by name",
      description = "Empty if nothing is deployed.")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    List<Job> found =
        jobs.of(app(name, who), TICKS).stream()
            .filter(job -> job.name().compareTo(after) > 0)
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .limit(limit + 1L)
            .toList();
    return Listing.of(found, limit, Job::name, CronController::told);
  }

  @PostMapping("/{name}/run")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Make the call of a schedule now",
      description =
          "Whatever is due, on or runs. Answers the run as it begins; it is asked for again until its outcome is another than `running`.")
  Ran run(
      @PathVariable("app") String app,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn who) {
    return told(jobs.runNow(app(app, who), name, who.account().email()));
  }

  @GetMapping("/{name}/runs")
  @Operation(
      summary = "List the runs of a schedule, newest first",
      description = "The last 100 are kept.")
  Listing<Ran> runs(
      @PathVariable("app") String app,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return Listing.of(
        jobs.runs(app(app, who), name, Listing.number(after), limit + 1),
        limit,
        run -> String.valueOf(run.id()),
        CronController::told);
  }

  @GetMapping("/{name}/runs/{run}")
  @Operation(summary = "Show a run")
  Ran run(
      @PathVariable("app") String app,
      @PathVariable String name,
      @PathVariable("run") long id,
      @AuthenticationPrincipal SignedIn who) {
    return told(jobs.run(app(app, who), name, id));
  }

  private App app(String name, SignedIn who) {
    return apps.require(who.account().id(), name);
  }

  private static Told told(Job job) {
    Release.Cron cron = job.cron();
    return new Told(
        job.name(),
        cron.schedule(),
        cron.zone(),
        cron.times().words(),
        cron.service() + "." + cron.method(),
        cron.overlap().name().toLowerCase(Locale.ROOT),
        job.on(),
        job.next().stream().map(tick -> new Tick(tick.at(), tick.told())).toList(),
        job.last().map(CronController::told).orElse(null));
  }

  private static Ran told(Run run) {
    return new Ran(
        run.id(),
        run.dueAt(),
        run.askedBy(),
        run.missed(),
        run.missedSince(),
        run.begunAt(),
        run.duration().map(Duration::toMillis).orElse(null),
        run.outcome().name().toLowerCase(Locale.ROOT),
        run.code(),
        run.said(),
        run.release(),
        run.call(),
        run.traceparent(),
        run.log());
  }
}
