package dev.parigot.web.api;

import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.release.ReleasedService;
import dev.parigot.scaling.Scaling;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/services")
@Tag(name = "Services")
class ServicesController {
  @Schema(name = "ServiceCall", description = "A call that the binary can make.")
  record Call(
      @Schema(example = "stock") String service,
      @Schema(example = "reserve") String method,
      boolean async) {}

  @Schema(name = "Service")
  record Told(
      @Schema(example = "cart") String name,
      @Schema(allowableValues = {"service", "command", "plain"}) String kind,
      @Schema(example = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
          String digest,
      @Schema(example = "12") int release,
      @Schema(allowableValues = {"starting", "running", "idle", "failing", "stopped"}) String state,
      @Schema(description = "Instances that exist now.", example = "2") int instances,
      List<String> methods,
      List<Call> dependsOn,
      @Schema(description = "Calls that ended in the last 60 seconds.") long callsPerMinute,
      @Schema(description = "Those of them that failed.") long errorsPerMinute,
      @Schema(description = "The newest failure.", nullable = true) @Nullable String lastError,
      @Schema(description = "Its load in the last 5 seconds.") LoadController.Point load) {}

  private final Apps apps;
  private final Fleet fleet;
  private final Scaling scaling;

  ServicesController(Apps apps, Fleet fleet, Scaling scaling) {
    this.apps = apps;
    this.fleet = fleet;
    this.scaling = scaling;
  }

  @GetMapping
  @Operation(
      summary = "List the services of the live release by name",
      description = "Empty if nothing is deployed.")
  Listing<Told> list(
      @PathVariable String app,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    AppId id = apps.require(who.account().id(), app).id();
    List<ServiceStatus> found =
        fleet.status(id).stream()
            .filter(status -> status.service().name().compareTo(after) > 0)
            .sorted(Comparator.comparing(status -> status.service().name()))
            .limit(limit + 1L)
            .toList();
    return Listing.of(found, limit, status -> status.service().name(), status -> told(id, status));
  }

  private Told told(AppId app, ServiceStatus status) {
    ReleasedService service = status.service();
    return new Told(
        service.name(),
        service.kind(),
        service.digest(),
        status.release(),
        status.state().name().toLowerCase(Locale.ROOT),
        status.instances(),
        service.methods(),
        service.dependsOn().stream()
            .map(call -> new Call(call.service(), call.method(), call.async()))
            .toList(),
        status.callsPerMinute(),
        status.errorsPerMinute(),
        status.lastError(),
        LoadController.Point.of(scaling.now(app, service.name())));
  }
}
