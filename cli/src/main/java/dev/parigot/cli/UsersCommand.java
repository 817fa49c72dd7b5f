package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code parigot users}: who has signed up to an app. */
@Command(
    name = "users",
    description = "Lists the users of an app, the newest first, or blocks and removes them.",
    subcommands = {UsersCommand.Block.class, UsersCommand.Unblock.class, UsersCommand.Remove.class})
final class UsersCommand extends AppVerb {
  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "only those whose e-mail or name contains it")
  private String search = "";

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Override
  int run() {
    List<JsonNode> users =
        platform()
            .all(path("/users") + (search.isEmpty() ? "" : "?search=" + Platform.encoded(search)));
    if (json) {
      printJson(users);
    } else if (users.isEmpty()) {
      out().println(search.isEmpty() ? app() + " has no users yet." : "There is no such user.");
    } else {
      Table table = new Table("ID", "E-MAIL", "NAME", "SIGNS IN BY", "SIGNED UP", "LAST SEEN", "");
      for (JsonNode user : users) {
        table.row(
            text(user, "id"),
            text(user, "email"),
            text(user, "name"),
            text(user, "provider"),
            text(user, "createdAt"),
            text(user, "lastSeenAt"),
            user.path("blocked").asBoolean(false) ? "blocked" : "");
      }
      table.print(out());
    }
    return 0;
  }

  private static String text(JsonNode user, String field) {
    return user.path(field).asString("");
  }

  /** What is done to one user. */
  abstract static class OfOne extends AppVerb {
    @Parameters(paramLabel = "USER", description = "the user's id, or e-mail")
    private String user = "";

    abstract void change(String path);

    abstract String done();

    @Override
    final int run() {
      change(path("/users/" + Platform.encoded(id())));
      out().println(done() + " " + Printable.of(user) + ".");
      return 0;
    }

    /** Several may have one e-mail: one who has a password, and one whom a provider vouches for. */
    private String id() {
      if (!user.contains("@")) {
        return user;
      }
      List<JsonNode> found =
          platform().all(path("/users") + "?search=" + Platform.encoded(user)).stream()
              .filter(each -> text(each, "email").equalsIgnoreCase(user))
              .toList();
      if (found.isEmpty()) {
        throw new UserMistake(app() + " has no user with the e-mail " + Printable.of(user));
      }
      if (found.size() > 1) {
        throw new UserMistake(
            "several users have that e-mail; give the id of one: "
                + String.join(
                    ", ",
                    found.stream()
                        .map(each -> text(each, "id") + " (" + text(each, "provider") + ")")
                        .toList()));
      }
      return text(found.getFirst(), "id");
    }
  }

  /** {@code parigot users block}. */
  @Command(name = "block", description = "Signs a user out, and keeps him out.")
  static final class Block extends OfOne {
    @Override
    void change(String path) {
      JsonNode _ = platform().patch(path, Map.of("blocked", true));
    }

    @Override
    String done() {
      return "Blocked";
    }
  }

  /** {@code parigot users unblock}. */
  @Command(name = "unblock", description = "Lets a user in again.")
  static final class Unblock extends OfOne {
    @Override
    void change(String path) {
      JsonNode _ = platform().patch(path, Map.of("blocked", false));
    }

    @Override
    String done() {
      return "Unblocked";
    }
  }

  /** {@code parigot users remove}. */
  @Command(
      name = "remove",
      description =
          "Removes a user; what the app's services have stored about him stays with them.")
  static final class Remove extends OfOne {
    @Override
    void change(String path) {
      platform().delete(path);
    }

    @Override
    String done() {
      return "Removed";
    }
  }
}
