package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/logs")
@Tag(name = "Logs")
class LogsController {
  @Schema(name = "LogLine")
  record Told(
      Instant at,
      @Schema(description = "`parigot` for the platform's own lines.", example = "cart")
          String service,
      @Schema(example = "cart-1") String instance,
      @Schema(allowableValues = {"trace", "debug", "info", "warn", "error"}) String level,
      String message,
      @Schema(description = "The call during which it was written, or empty.") String call) {
    static Told of(LogLine line) {
      return new Told(
          line.at(),
          line.service(),
          line.instance(),
          line.level().name().toLowerCase(Locale.ROOT),
          line.message(),
          line.call());
    }
  }

  private final Apps apps;
  private final Logs logs;
  private final LogStreams streams;

  LogsController(Apps apps, Logs logs, LogStreams streams) {
    this.apps = apps;
    this.logs = logs;
    this.streams = streams;
  }

  @GetMapping(params = "!follow", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Read the newest log lines, oldest first",
      description =
          "`next` goes on where this part ends, for lines that come later; it is null when there was none.")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "200") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Parameter(description = "That level and graver ones.")
          @Nullable String level,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.require(who.account().id(), name);
    List<LogLine> lines = logs.read(app.id(), Listing.number(after), limit, service, level(level));
    return new Listing<>(
        lines.stream().map(Told::of).toList(),
        lines.isEmpty() ? null : String.valueOf(lines.getLast().sequence()));
  }

  @GetMapping(params = "follow")
  @Operation(
      summary = "Follow the log, as server-sent events",
      description =
          "With `follow=true`: the newest lines and then each one as it is written, as `data`; Last-Event-ID resumes. A comment is sent every 15 seconds. With `follow=false`: the list.")
  void follow(
      @PathVariable("app") String name,
      @RequestParam boolean follow,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "200") @Min(1) @Max(1000) int limit,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String level,
      @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEvent,
      @AuthenticationPrincipal SignedIn who,
      HttpServletResponse response)
      throws IOException {
    App app = apps.require(who.account().id(), name);
    long from = Listing.number(lastEvent.isEmpty() ? after : lastEvent);
    if (follow) {
      streams.send(response, app, from, limit, service, level(level));
    } else {
      streams.json(response, list(name, after, limit, service, level, who));
    }
  }

  private static LogLine.@Nullable Level level(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    for (LogLine.Level level : LogLine.Level.values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return level;
      }
    }
    throw new InvalidFields(Map.of("level", "must be one of trace, debug, info, warn, error"));
  }
}
