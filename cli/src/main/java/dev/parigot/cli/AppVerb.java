package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.MalformedManifest;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb about one app on a platform: the one named, or the one that the folder is of. */
abstract class AppVerb extends PlatformVerb {
  @Option(
      names = "--app",
      paramLabel = "APP",
      description = "the app (that of this folder: by its parigot.toml, or its git remote parigot)")
  private @Nullable String named;

  /** The app's name; a {@link UserMistake} if nothing tells it. */
  final String app() {
    return Optional.ofNullable(named)
        .or(this::byManifest)
        .or(() -> remote().map(GitFolder.Remote::app))
        .orElseThrow(() ->
            new UserMistake(
                "which app? Say --app NAME, or name it in parigot.toml (name = \"…\"), or in the"
                    + " git remote parigot"));
  }

  /** Where the app is in the API, and what is below it. */
  String path(String below) {
    return "apps/" + Platform.encoded(app()) + below;
  }

  /** The number of a release given as {@code v3} or {@code 3}; wrong usage if it is none. */
  final int releaseNumber(String text) {
    if (!text.matches("v?[1-9][0-9]{0,8}")) {
      throw wrongUsage("\"" + text + "\" is no release: give one such as v3");
    }
    return Integer.parseInt(text.replace("v", ""));
  }

  /** The branch of the app in staging, by its name or as in its address. */
  final Optional<StagedBranch> findStaged(String branch) {
    return platform().all("apps/" + Platform.encoded(app()) + "/staging").stream()
        .map(StagedBranch::of)
        .filter(each -> each.branch().equals(branch) || each.id().equals(branch))
        .findFirst();
  }

  /** The same; a {@link UserMistake} if it is not in staging. */
  final StagedBranch staged(String branch) {
    return findStaged(branch)
        .orElseThrow(() ->
            new UserMistake(
                "the branch \"%s\" of %s is not in staging; parigot staging lists those that are"
                    .formatted(branch, app())));
  }

  private Optional<String> byManifest() {
    if (!Files.isRegularFile(dir().resolve(Blueprint.MANIFEST))) {
      return Optional.empty();
    }
    try {
      byte[] manifest = new Folder(dir()).read(Blueprint.MANIFEST);
      return Optional.ofNullable(
          ManifestReader.read(new String(manifest, StandardCharsets.UTF_8)).name());
    } catch (MalformedManifest e) {
      // What else is wrong with it is for the verbs that need more than the name.
      return e.legible().map(Manifest::name);
    } catch (Blueprint.Unreadable e) {
      return Optional.empty();
    }
  }
}
