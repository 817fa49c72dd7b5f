package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.demo.Demo;
import dev.parigot.demo.Demos;
import dev.parigot.demo.Terms;
import dev.parigot.web.Addresses;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/apps/{app}/demos")
@Tag(name = "Demos")
class DemosController {
  @Schema(name = "NewDemo")
  record NewDemo(
      @NotBlank @Schema(description = "For you.", example = "for the fair") String name,
      @Schema(
              description =
                  "The release that it shows. Left out, it is the live one, whichever that is.",
              nullable = true,
              example = "3")
          @Min(1)
          @Nullable Integer release,
      @Schema(description = "From when on it is shown no more.", nullable = true)
          @Nullable OffsetDateTime expires,
      @Schema(
              type = "object",
              description =
                  "What its store begins with: by key a string, or `{\"base64\": \"…\"}`, 4 MiB in all. Left out, it is the file that parigot.toml names.",
              nullable = true,
              example = "{\"stock/tea\": \"12\"}")
          @Nullable ObjectNode data) {}

  @Schema(name = "Demo")
  record Told(
      @Schema(example = "k3bq7mpx2c5ayhw4utz6sdnevr") String id,
      String name,
      @Schema(
              description = "Its address; whoever has it can open the demo.",
              example = "http://k3bq7mpx2c5ayhw4utz6sdnevr--demo.localhost:8080/")
          String url,
      @Schema(allowableValues = {"open", "paused", "expired"}) String state,
      @Schema(description = "The release that it shows; null for the live one.", nullable = true)
          @Nullable Integer release,
      @Schema(
              description =
                  "Whether it begins with data that was sent when it was shared, and not with what its release brings along.")
          boolean ownData,
      @Schema(description = "From when on it is shown no more.", nullable = true)
          @Nullable Instant expires,
      @Schema(description = "How often a browser has loaded its page from the platform.")
          long opens,
      @Schema(nullable = true) @Nullable Instant lastOpened,
      @Schema(description = "Who shared it.", example = "ada@example.org") String by,
      Instant at,
      @Schema(description = "What whoever shares it has to know.") String warning) {}

  private static final Map<String, String> EXPECTED =
      Map.of(
          "name",
          "must be a string",
          "paused",
          "must be true or false",
          "expires",
          "must be a time such as 2030-01-31T12:00:00Z, or null");

  private final Apps apps;
  private final Demos demos;
  private final Addresses addresses;
  private final Clock clock;
  private final JsonMapper json;

  DemosController(Apps apps, Demos demos, Addresses addresses, Clock clock, JsonMapper json) {
    this.apps = apps;
    this.demos = demos;
    this.addresses = addresses;
    this.clock = clock;
    this.json = json;
  }

  @PostMapping
  @Operation(
      summary = "Share a demo",
      description =
          "A release, to be run in the browser of whoever has the address that is answered; they need no account. **Whoever opens it gets the binaries of all services, private ones too**, the files of the site, the starting data, and the values of [config] and [config.demo] in parigot.toml; never what was configured here.")
  ResponseEntity<Told> share(
      @PathVariable("app") String name,
      @Valid @RequestBody NewDemo wanted,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    OffsetDateTime expires = wanted.expires();
    ObjectNode data = wanted.data();
    Demo made =
        demos.share(
            app,
            wanted.release(),
            data == null ? null : json.writeValueAsBytes(data),
            Terms.of(wanted.name(), expires == null ? null : expires.toInstant()),
            who.account().email());
    return ResponseEntity.created(
            URI.create("/api/v1/apps/" + app.name() + "/demos/" + made.label()))
        .body(told(made));
  }

  @GetMapping
  @Operation(summary = "List the demos, newest first", description = "Those revoked are left out.")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    return Listing.of(
        demos.of(app, Listing.number(after), limit + 1),
        limit,
        demo -> String.valueOf(demo.id()),
        this::told);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show a demo")
  Told get(
      @PathVariable("app") String name,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn who) {
    return told(demos.require(apps.requireProduction(who.account().id(), name), id));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Rename, pause or resume a demo, or change when it expires",
      description =
          "Fields that are left out stay. While it is paused its address says so; visitors' data is kept in their browsers.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = Change.class),
                      examples = @ExampleObject("{\"paused\": true, \"expires\": null}"))))
  Told change(
      @PathVariable("app") String name,
      @PathVariable String id,
      @RequestBody ObjectNode changes,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    Demo demo = demos.require(app, id);
    return told(demos.change(app, demo, changed(Terms.of(demo), changes)));
  }

  /** For the description only: a field that is null is told from one that is left out. */
  @Schema(name = "DemoChange")
  record Change(
      String name,
      boolean paused,
      @Schema(description = "Null for never.", nullable = true) @Nullable OffsetDateTime expires) {}

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Revoke a demo",
      description =
          "For good: its address answers 410, and makes browsers forget what they have kept of it.")
  void revoke(
      @PathVariable("app") String name,
      @PathVariable String id,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    demos.revoke(app, demos.require(app, id));
  }

  private static Terms changed(Terms terms, ObjectNode changes) {
    Map<String, String> wrong = new LinkedHashMap<>();
    Terms changed = terms;
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      String field = change.getKey();
      Terms next = changed(changed, field, change.getValue());
      if (next == null) {
        wrong.put(field, EXPECTED.getOrDefault(field, "can't be changed"));
      } else {
        changed = next;
      }
    }
    if (!wrong.isEmpty()) {
      throw new InvalidFields(wrong);
    }
    return changed;
  }

  /** Null if that is no value of the field, or there is no such field. */
  private static @Nullable Terms changed(Terms terms, String field, JsonNode value) {
    return switch (field) {
      case "name" -> value.isString() ? terms.withName(value.stringValue()) : null;
      case "paused" -> value.isBoolean() ? terms.withPaused(value.booleanValue()) : null;
      case "expires" -> value.isNull() ? terms.withExpires(null) : expiring(terms, value);
      default -> null;
    };
  }

  private static @Nullable Terms expiring(Terms terms, JsonNode value) {
    try {
      return value.isString()
          ? terms.withExpires(OffsetDateTime.parse(value.stringValue()).toInstant())
          : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private Told told(Demo demo) {
    return new Told(
        demo.label().value(),
        demo.name(),
        addresses.demo(demo),
        demo.state(clock.instant()).name().toLowerCase(Locale.ROOT),
        demo.release(),
        demo.startingData() != null,
        demo.expires(),
        demo.opens(),
        demo.lastOpened(),
        demo.by(),
        demo.at(),
        Demos.WARNING);
  }
}
