package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot domains}: the hosts of an app beside those that the platform gives it. */
@Command(
    name = "domains",
    description = "Lists the app's own domains, or adds, verifies and removes them.",
    subcommands = {
      DomainsCommand.Add.class,
      DomainsCommand.Verify.class,
      DomainsCommand.Remove.class
    })
final class DomainsCommand extends AppVerb {
  @Option(names = "--json", description = "print all that is known of them, as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> domains = platform().all(path("/domains"));
    if (json) {
      printJson(domains);
    } else if (domains.isEmpty()) {
      errors().println("The app has no domains of its own: parigot domains add HOST");
    } else {
      Table table = new Table("DOMAIN", "STATE", "ADDRESS");
      domains.forEach(
          domain -> table.row(text(domain, "host"), text(domain, "state"), text(domain, "url")));
      table.print(out());
      domains.stream()
          .filter(domain -> !text(domain, "reason").isEmpty())
          .forEach(domain ->
              errors().println(Printable.of(text(domain, "host") + ": " + text(domain, "reason"))));
    }
    return 0;
  }

  private static String text(JsonNode domain, String field) {
    return domain.path(field).asString("");
  }

  /** What asks about one domain. */
  abstract static class OfOne extends AppVerb {
    @Parameters(paramLabel = "HOST", description = "the domain, such as shop.example.org")
    private String host = "";

    final String host() {
      return host;
    }

    final String path() {
      return path("/domains/" + Platform.encoded(host));
    }

    /** How it stands with it, and what its owner has to do. */
    final void tell(JsonNode domain) {
      String name = text(domain, "host");
      switch (text(domain, "state")) {
        case "waiting" -> {
          out()
              .println(
                  Printable.of(name)
                      + " is not proved yet. Add these records where its names are kept:");
          record(domain.path("proof"), "proves that it is yours");
          record(domain.path("route"), "leads to the app");
        }
        case "proved" -> out().println(Printable.of(name + " is served: " + text(domain, "url")));
        case "pending" ->
            out()
                .println(
                    Printable.of(
                        name
                            + " is served, and its certificate is being had: "
                            + text(domain, "url")));
        case "issued" ->
            out()
                .println(
                    Printable.of(
                        name
                            + " is served, with a certificate until "
                            + text(domain, "certificateUntil")
                            + ": "
                            + text(domain, "url")));
        default ->
            out()
                .println(
                    Printable.of(
                        name
                            + " is served without a certificate, which is tried for again at "
                            + text(domain, "nextTry")
                            + ": "
                            + text(domain, "url")));
      }
      if (!text(domain, "reason").isEmpty()) {
        errors().println(Printable.of(text(domain, "reason")));
      }
    }

    private void record(JsonNode record, String why) {
      out()
          .println(
              Printable.of(
                  "  %s  %s  %s    %s"
                      .formatted(
                          text(record, "name"),
                          text(record, "type"),
                          text(record, "content"),
                          why)));
    }
  }

  /** {@code parigot domains add}. */
  @Command(name = "add", description = "Adds a domain, and tells the records that it needs.")
  static final class Add extends OfOne {
    @Override
    int run() {
      tell(platform().post(path("/domains"), Map.of("host", host())));
      return 0;
    }
  }

  /** {@code parigot domains verify}. */
  @Command(
      name = "verify",
      description = "Looks for a domain's record now; the exit code is 1 if it is not there.")
  static final class Verify extends OfOne {
    @Override
    int run() {
      JsonNode domain = platform().post(path() + "/verify", Map.of());
      tell(domain);
      return text(domain, "state").equals("waiting") ? Parigot.MISTAKEN : 0;
    }
  }

  /** {@code parigot domains remove}. */
  @Command(name = "remove", description = "Removes a domain with its certificate.")
  static final class Remove extends OfOne {
    @Override
    int run() {
      platform().delete(path());
      out().println("Removed " + Printable.of(host()) + ".");
      return 0;
    }
  }
}
