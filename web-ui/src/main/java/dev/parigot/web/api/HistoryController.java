package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.history.History;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What really happens to an app, to be held to the contract. */
@RestController
@RequestMapping("/api/v1/apps/{app}/history")
@Tag(name = "Tests")
class HistoryController {
  private static final String LINES = "application/x-ndjson";

  private final Apps apps;
  private final Fleet fleet;

  HistoryController(Apps apps, Fleet fleet) {
    this.apps = apps;
    this.fleet = fleet;
  }

  @PostMapping(produces = LINES)
  @Operation(
      summary = "Record what happens to the app",
      description =
          "Answers when the time is over, or after 100,000 events: a line of JSON for the history and one for each event. Values and messages are told by digests, keys and names as they are. `parigot history check` checks it.")
  byte[] record(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "10") @Min(1) @Max(60) int seconds,
      @RequestParam(defaultValue = "false")
          @Parameter(
              description =
                  "Whether this is the only node that runs the app, which a platform with an embedded database knows by itself.")
          boolean alone,
      @AuthenticationPrincipal SignedIn who)
      throws InterruptedException {
    App app = apps.require(who.account().id(), name);
    History history = fleet.histories().record(app, Duration.ofSeconds(seconds), alone);
    return history.lines().getBytes(StandardCharsets.UTF_8);
  }
}
