package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.app.Secrets;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/apps/{app}/secrets")
@Tag(name = "Configuration")
class SecretsController {
  @Schema(name = "Secret", description = "All that is told of a secret.")
  record Told(
      @Schema(example = "STRIPE_KEY") String name,
      Instant setAt,
      @Schema(description = "Who set it.", example = "ada@example.org") String by) {}

  private final Apps apps;
  private final Secrets secrets;
  private final Pipeline pipeline;

  SecretsController(Apps apps, Secrets secrets, Pipeline pipeline) {
    this.apps = apps;
    this.secrets = secrets;
    this.pipeline = pipeline;
  }

  @GetMapping
  @Operation(summary = "List the secrets by name", description = "Their values are never told.")
  Listing<Told> list(@PathVariable String app, @AuthenticationPrincipal SignedIn who) {
    return told(apps.require(who.account().id(), app));
  }

  @PatchMapping
  @Operation(
      summary = "Set and remove secrets",
      description =
          "Keys with null are removed, the others set, all or none. Services read them as configuration; if a release is live, it is made again with them.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema = @Schema(type = "object", additionalPropertiesSchema = String.class),
                      examples = @ExampleObject("{\"STRIPE_KEY\": \"…\", \"OLD_KEY\": null}"))))
  Listing<Told> patch(
      @PathVariable("app") String name,
      @RequestBody ObjectNode changes,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.require(who.account().id(), name);
    var _ =
        pipeline.changeSecrets(
            app, ConfigController.strings(changes), who.account().email(), Progress.SILENT);
    return told(app);
  }

  private Listing<Told> told(App app) {
    return new Listing<>(
        secrets.of(app.id()).stream()
            .map(each -> new Told(each.name(), each.setAt(), each.by()))
            .toList(),
        null);
  }
}
