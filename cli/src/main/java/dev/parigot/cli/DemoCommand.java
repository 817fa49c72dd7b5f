package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import dev.parigot.manifest.MalformedData;
import dev.parigot.manifest.StartingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code parigot demo}: releases that run in the browser of whoever has the address. */
@Command(
    name = "demo",
    description = "Lists the app's demos, the newest first, or shares, pauses and revokes them.",
    subcommands = {
      DemoCommand.Create.class,
      DemoCommand.ListThem.class,
      DemoCommand.Pause.class,
      DemoCommand.Resume.class,
      DemoCommand.Revoke.class
    })
final class DemoCommand extends DemoListing {
  /** {@code parigot demo list}. */
  @Command(name = "list", description = "Lists the app's demos, the newest first.")
  static final class ListThem extends DemoListing {}

  /** {@code parigot demo create}. */
  @Command(
      name = "create",
      description = {
        "Shares a release, and prints the demo's address. Whoever opens it gets the binaries of all"
            + " services, private ones too."
      })
  static final class Create extends AppVerb {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhdw])");

    @Parameters(paramLabel = "NAME", description = "what you call it")
    private String name = "";

    @Option(
        names = "--release",
        paramLabel = "N",
        description = "the release (the live one, whichever that is)")
    private @Nullable String release;

    @Option(
        names = "--expires",
        paramLabel = "7d",
        description = "when it ends: in minutes (m), hours (h), days (d) or weeks (w), or a time")
    private @Nullable String expires;

    @Option(
        names = "--data",
        paramLabel = "FILE",
        description = "JSON that its store begins with (the file that parigot.toml names)")
    private @Nullable Path data;

    @Override
    int run() {
      Map<String, Object> wanted = new LinkedHashMap<>();
      wanted.put("name", name);
      if (release != null && !release.equals("latest")) {
        wanted.put("release", number(release));
      }
      if (expires != null) {
        wanted.put("expires", moment(expires).toString());
      }
      if (data != null) {
        wanted.put("data", read(data));
      }
      JsonNode demo = platform().post(path("/demos"), wanted);
      out().println(Printable.of(demo.path("url").asString("")));
      out().flush();
      errors().println(Printable.of(demo.path("warning").asString("")));
      return 0;
    }

    private int number(String text) {
      if (!text.matches("v?[0-9]{1,9}")) {
        throw wrongUsage("\"" + text + "\" is no release: give one such as v3, or latest");
      }
      return Integer.parseInt(text.replace("v", ""));
    }

    private Instant moment(String text) {
      Matcher span = SPAN.matcher(text);
      if (span.matches()) {
        long count = Long.parseLong(span.group(1));
        Duration after =
            switch (span.group(2)) {
              case "m" -> Duration.ofMinutes(count);
              case "h" -> Duration.ofHours(count);
              case "d" -> Duration.ofDays(count);
              default -> Duration.ofDays(7 * count);
            };
        return Instant.now().plus(after).truncatedTo(ChronoUnit.SECONDS);
      }
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw wrongUsage("\"" + text + "\" is no time: give 7d, 12h or 2030-01-31T12:00:00Z");
      }
    }

    private JsonNode read(Path file) {
      Path from = dir().resolve(file);
      try {
        byte[] bytes = Files.readAllBytes(from);
        var _ = StartingData.read(bytes);
        return JsonMapper.shared().readTree(bytes);
      } catch (MalformedData e) {
        e.mistakes().forEach(mistake -> errors().println(file + ": " + mistake));
        throw new UserMistake("a demo can't begin with " + file);
      } catch (IOException e) {
        throw new UserMistake(file + " can't be read: " + e.getMessage());
      }
    }
  }

  /** What changes one demo. */
  abstract static class Change extends AppVerb {
    @Parameters(
        paramLabel = "ID",
        description = "the demo: its name, its address, or how its id begins")
    private String wanted = "";

    /** Does it, and says what it did. */
    abstract String change(String where);

    @Override
    final int run() {
      JsonNode demo = found();
      String did = change(path("/demos/" + Platform.encoded(demo.path("id").asString(""))));
      out().println(did + " " + Printable.of(demo.path("name").asString("")) + ".");
      return 0;
    }

    private JsonNode found() {
      List<JsonNode> demos = platform().all(path("/demos")).stream().filter(this::isMeant).toList();
      if (demos.isEmpty()) {
        throw new UserMistake(
            app() + " has no demo \"" + wanted + "\"; parigot demo lists those that it has");
      }
      if (demos.size() > 1) {
        throw new UserMistake(
            "several demos are \"" + wanted + "\"; give the address of the one that you mean");
      }
      return demos.getFirst();
    }

    private boolean isMeant(JsonNode demo) {
      String url = demo.path("url").asString("");
      return demo.path("name").asString("").equals(wanted)
          || url.equals(wanted)
          || url.equals(wanted + "/")
          || demo.path("id").asString("").startsWith(wanted);
    }
  }

  /** {@code parigot demo pause}. */
  @Command(name = "pause", description = "Shows nothing at a demo's address until it is resumed.")
  static final class Pause extends Change {
    @Override
    String change(String where) {
      var _ = platform().patch(where, Map.of("paused", true));
      return "Paused";
    }
  }

  /** {@code parigot demo resume}. */
  @Command(name = "resume", description = "Shows a demo again that was paused.")
  static final class Resume extends Change {
    @Override
    String change(String where) {
      var _ = platform().patch(where, Map.of("paused", false));
      return "Resumed";
    }
  }

  /** {@code parigot demo revoke}. */
  @Command(
      name = "revoke",
      description = "Ends a demo for good: its address answers that it is no more.")
  static final class Revoke extends Change {
    @Override
    String change(String where) {
      platform().delete(where);
      return "Revoked";
    }
  }
}
