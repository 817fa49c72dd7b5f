package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/apps/{app}/config")
@Tag(name = "Configuration")
class ConfigController {
  private final Apps apps;
  private final Pipeline pipeline;

  ConfigController(Apps apps, Pipeline pipeline) {
    this.apps = apps;
    this.pipeline = pipeline;
  }

  @GetMapping
  @Operation(
      summary = "Show the configuration",
      description = "What was set here; the defaults in parigot.toml are not told.")
  Map<String, String> get(@PathVariable String app, @AuthenticationPrincipal SignedIn who) {
    return apps.config(apps.require(who.account().id(), app).id());
  }

  @PatchMapping
  @Operation(
      summary = "Set and remove keys",
      description =
          "Keys with null are removed, the others set, all or none. If a release is live, it is made again with them. Answers the whole configuration.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema = @Schema(type = "object", additionalPropertiesSchema = String.class),
                      examples = @ExampleObject("{\"CURRENCY\": \"EUR\", \"OLD_KEY\": null}"))))
  Map<String, String> patch(
      @PathVariable("app") String name,
      @RequestBody ObjectNode changes,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.require(who.account().id(), name);
    var _ = pipeline.reconfigure(app, strings(changes), who.account().email(), Progress.SILENT);
    return apps.config(app.id());
  }

  /** Keys with their new values, null for those to remove. */
  static Map<String, @Nullable String> strings(ObjectNode changes) {
    Map<String, @Nullable String> strings = new LinkedHashMap<>();
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      JsonNode value = change.getValue();
      if (value.isString() || value.isNull()) {
        strings.put(change.getKey(), value.isNull() ? null : value.stringValue());
      } else {
        wrong.put(change.getKey(), "must be a string, or null to remove the key");
      }
    }
    if (!wrong.isEmpty()) {
      throw new InvalidFields(wrong);
    }
    return strings;
  }
}
