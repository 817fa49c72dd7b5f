package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What git knows of a folder; nothing where there is no git, or no repository. */
record GitFolder(Path path) {
  private static final Pattern REMOTE =
      Pattern.compile(
          "(?<scheme>https?://)(?:[^/@]*@)?(?<rest>[^/].*?)/git/(?<app>[^/]+?)\\.git/?");

  private static final Set<String> OF_HOOKS =
      Set.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX");

  /** An app's git remote. */
  record Remote(URI platform, String app) {}

  /** The remote named parigot, if it is one of a platform. */
  Optional<Remote> remote() {
    return git("remote", "get-url", "parigot").flatMap(GitFolder::remote);
  }

  static Optional<Remote> remote(String url) {
    Matcher matcher = REMOTE.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      URI platform = Platform.address(matcher.group("scheme") + matcher.group("rest"));
      return Optional.of(new Remote(platform, matcher.group("app")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The full id of the commit that is checked out. */
  Optional<String> commit() {
    return git("rev-parse", "--verify", "HEAD").filter(id -> id.matches("[0-9a-f]{40,64}"));
  }

  /** Whether the folder is as that commit has it, but for what git ignores. */
  boolean committed() {
    return git("status", "--porcelain", "--", ".").filter(String::isEmpty).isPresent();
  }

  /** What it prints, if it succeeds. */
  private Optional<String> git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", path.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    // Inside a hook these name the repository of the hook, and not the folder's.
    builder.environment().keySet().removeAll(OF_HOOKS);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(printed.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
