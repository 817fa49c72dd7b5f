package dev.parigot.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot create}: makes an app. */
@Command(name = "create", description = "Makes an app, and tells how to get something into it.")
final class CreateCommand extends PlatformVerb {
  @Parameters(
      paramLabel = "APP",
      description = "its name: 2 to 31 lower-case letters, digits and hyphens")
  private String name = "";

  @Override
  int run() {
    JsonNode app = platform().post("apps", Map.of("name", name));
    out().println("Made " + name + ": " + app.path("url").asString());
    out().println("Deploy a folder:  parigot deploy DIR --app " + name);
    out().println("or push with git: git remote add parigot " + app.path("gitUrl").asString());
    return 0;
  }
}
