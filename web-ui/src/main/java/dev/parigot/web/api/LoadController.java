package dev.parigot.web.api;

import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.problem.Problem;
import dev.parigot.scaling.Decision;
import dev.parigot.scaling.Load;
import dev.parigot.scaling.Scaling;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}")
@Tag(name = "Scaling")
class LoadController {
  private static final double NANOS_A_MILLI = 1e6;

  @Schema(name = "LoadPoint", description = "What a service had to do in five seconds.")
  record Point(
      @Schema(description = "When they began.") Instant at,
      @Schema(description = "Calls that ended, a second.") double calls,
      @Schema(description = "Those of them that failed, a second.") double errors,
      @Schema(description = "Calls in an instance at once, on average.") double running,
      @Schema(description = "Calls that waited at once, on average.") double waiting,
      @Schema(description = "Within that, 95 of 100 of those that waited went on.")
          double waitP95Millis,
      @Schema(description = "Instances at the end.") int instances,
      @Schema(description = "Cores of which its guests took the time, on average.") double cores,
      @Schema(description = "Memory of its instances at the end.") long memoryBytes) {

    static Point of(Load load) {
      return new Point(
          load.at(),
          rounded(load.calls()),
          rounded(load.errors()),
          rounded(load.running()),
          rounded(load.waiting()),
          rounded(load.waitP95Nanos() / NANOS_A_MILLI),
          load.instances(),
          rounded(load.cores()),
          load.memoryBytes());
    }

    private static double rounded(double value) {
      return Math.round(value * 1000) / 1000.0;
    }
  }

  @Schema(name = "Load")
  record Told(
      @Schema(example = "cart") String service,
      @Schema(example = "5") int stepSeconds,
      @Schema(description = "The oldest first.") List<Point> points) {}

  @Schema(name = "ScalingDecision")
  record Decided(
      Instant at,
      @Schema(example = "cart") String service,
      @Schema(example = "2") int from,
      @Schema(example = "4", description = "The same as before if there can't be more.") int to,
      @Schema(example = "on average 3.1 calls ran at once in the last 5 s") String reason) {

    static Decided of(Decision decision) {
      return new Decided(
          decision.at(), decision.service(), decision.from(), decision.to(), decision.reason());
    }
  }

  private final Apps apps;
  private final Fleet fleet;
  private final Scaling scaling;

  LoadController(Apps apps, Fleet fleet, Scaling scaling) {
    this.apps = apps;
    this.fleet = fleet;
    this.scaling = scaling;
  }

  @GetMapping("/services/{service}/load")
  @Operation(
      summary = "Read what a service of the live release had to do",
      description = "In steps of five seconds; kept for an hour, and not beyond a restart.")
  Told load(
      @PathVariable String app,
      @PathVariable String service,
      @RequestParam(defaultValue = "15") @Min(1) @Max(60) int minutes,
      @AuthenticationPrincipal SignedIn who) {
    AppId id = requireService(app, service, who);
    return new Told(
        service,
        Load.STEP_SECONDS,
        scaling.load(id, service, minutes).stream().map(Point::of).toList());
  }

  @GetMapping("/scaling")
  @Operation(
      summary = "List why services got more or fewer instances, the newest first",
      description = "The last 200 of an app are kept, and not beyond a restart.")
  Listing<Decided> decisions(
      @PathVariable String app,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit,
      @AuthenticationPrincipal SignedIn who) {
    AppId id =
        service == null
            ? apps.require(who.account().id(), app).id()
            : requireService(app, service, who);
    return new Listing<>(
        scaling.decisions(id).stream()
            .filter(each -> service == null || each.service().equals(service))
            .limit(limit)
            .map(Decided::of)
            .toList(),
        null);
  }

  private AppId requireService(String app, String service, SignedIn who) {
    AppId id = apps.require(who.account().id(), app).id();
    Set<String> services =
        fleet.status(id).stream()
            .map(status -> status.service().name())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!services.contains(service)) {
      throw Problem.user(
          404,
          "no-such-service",
          "The live release of " + app + " has no service \"" + service + "\".",
          services.isEmpty() ? "Deploy first." : "There are: " + String.join(", ", services) + ".");
    }
    return id;
  }
}
