package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.app.Situation;
import dev.parigot.web.Addresses;
import dev.parigot.web.AppRemoval;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
@RequestMapping("/api/v1/apps")
@Tag(name = "Apps")
class AppsController {
  @Schema(name = "NewApp")
  record NewApp(@NotBlank @Schema(example = "shop") String name) {}

  @Schema(name = "App")
  record Told(
      @Schema(example = "shop") String name,
      @Schema(description = "Where it answers.", example = "http://shop.localhost:8080/")
          String url,
      @Schema(
              description = "Where it is pushed to.",
              example = "http://localhost:8080/git/shop.git")
          String gitUrl,
      @Schema(example = "http://localhost:8080/apps/shop") String consoleUrl,
      @Schema(
              description = "Where it runs. Apps in staging are in no list of apps.",
              allowableValues = {"production", "staging"})
          String situation,
      @Schema(description = "Whose staging it is; null in production.", nullable = true)
          @Nullable String branch,
      Instant createdAt) {}

  private final Apps apps;
  private final AppRemoval removal;
  private final Addresses addresses;

  AppsController(Apps apps, AppRemoval removal, Addresses addresses) {
    this.apps = apps;
    this.removal = removal;
    this.addresses = addresses;
  }

  @PostMapping
  @Operation(
      summary = "Make an app",
      description = "Names are shared by all accounts: 409 if it is taken.")
  ResponseEntity<Told> create(
      @Valid @RequestBody NewApp request, @AuthenticationPrincipal SignedIn who) {
    App made = apps.create(who.account().id(), AppName.of(request.name()));
    return ResponseEntity.created(URI.create("/api/v1/apps/" + made.name())).body(told(made));
  }

  @GetMapping
  @Operation(summary = "List your apps by name")
  Listing<Told> list(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return Listing.of(
        apps.of(who.account().id(), after, limit + 1),
        limit,
        app -> app.name().value(),
        this::told);
  }

  @GetMapping("/{app}")
  @Operation(summary = "Show an app")
  Told get(@PathVariable String app, @AuthenticationPrincipal SignedIn who) {
    return told(apps.require(who.account().id(), app));
  }

  @DeleteMapping("/{app}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete an app",
      description =
          "With its services, releases, configuration, data, branches in staging and git repository.")
  void delete(@PathVariable String app, @AuthenticationPrincipal SignedIn who) {
    removal.remove(apps.require(who.account().id(), app));
  }

  private Told told(App app) {
    return new Told(
        app.name().value(),
        addresses.of(app.name()),
        addresses.git(app.name()),
        addresses.console(app.name()),
        app.situation().word(),
        app.situation() instanceof Situation.Staging staging ? staging.branch().name() : null,
        app.createdAt());
  }
}
