package dev.parigot.cli;

import dev.parigot.cli.platform.Platform;
import dev.parigot.cli.platform.Refused;
import dev.parigot.manifest.Blueprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code parigot deploy}: makes a release of a folder, without git. */
@Command(
    name = "deploy",
    description = {
      "Builds an app by the command of its manifest, checks it, sends what the platform does not"
          + " have yet, and makes a release of it, which is told as a push is told."
    })
final class DeployCommand extends BranchVerb {
  private static final int SENT_AT_ONCE = 4;

  @Mixin private AppFolder folder = new AppFolder();

  @Option(
      names = "--all",
      description = "replace the services that did not change, too, and what they have in memory")
  private boolean all;

  @Option(
      names = "--skip-gate",
      description = "go live without being tested; the platform notes who wanted that")
  private boolean skipGate;

  @Option(
      names = "--commit",
      paramLabel = "ID",
      description =
          "the full git commit that the release names (that of the folder, if all of it is committed)")
  private @Nullable String commit;

  private @Nullable StagedBranch made;

  @Override
  Path dir() {
    return super.dir().resolve(folder.path());
  }

  @Override
  int run() {
    Folder files = new Folder(dir());
    // Before the build, which may take long: what is wrong here can be told at once.
    Platform platform = platform();
    var _ = app();
    Build.run(files);
    Blueprint app = Blueprint.read(files);
    Parcel parcel = Parcel.of(files, app);
    try {
      deploy(platform, parcel);
    } catch (Refused e) {
      takeBack(platform);
      throw e;
    }
    return 0;
  }

  private void deploy(Platform platform, Parcel parcel) {
    String releases = path("/releases" + query());
    Deployment deployment = new Deployment(out());
    if (staging() != null) {
      deployment.step("Branch " + staging() + ": staging, with data and an address of its own");
    }
    send(platform, parcel, deployment);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("commit", commit == null ? commit() : commit);
    body.put("files", parcel.digests());
    deployment.run(platform, releases, body);
  }

  private String query() {
    List<String> wishes = new ArrayList<>();
    if (all) {
      wishes.add("all=true");
    }
    if (skipGate) {
      wishes.add("skipGate=true");
    }
    return wishes.isEmpty() ? "" : "?" + String.join("&", wishes);
  }

  /** A branch is in staging from its first deployment on. */
  @Override
  String name(String wanted) {
    return findStaged(wanted).orElseGet(() -> made(wanted)).app();
  }

  private StagedBranch made(String wanted) {
    JsonNode told =
        platform().post("apps/" + Platform.encoded(app()) + "/staging", Map.of("branch", wanted));
    StagedBranch result = StagedBranch.of(told);
    made = result;
    return result;
  }

  /** A deployment that is refused leaves nothing, as a push does. */
  private void takeBack(Platform platform) {
    if (made != null) {
      platform.delete("apps/" + Platform.encoded(app()) + "/staging/" + made.id());
    }
  }

  private @Nullable String commit() {
    GitFolder git = new GitFolder(dir());
    String head = git.commit().orElse(null);
    if (head != null && !git.committed()) {
      errors().println("parigot: not all is committed, so the release will name no commit");
      return null;
    }
    return head;
  }

  private void send(Platform platform, Parcel parcel, Deployment deployment) {
    JsonNode answer = platform.post(path("/uploads"), Map.of("digests", parcel.digests().values()));
    List<String> missing = answer.path("missing").valueStream().map(JsonNode::asString).toList();
    Map<String, Path> files = parcel.withDigests(missing);
    int all = parcel.files().size();
    deployment.step(
        files.isEmpty()
            ? "Sending nothing: the platform has all " + Overview.counted(all, "file")
            : "Sending %d of %s, %s"
                .formatted(files.size(), Overview.counted(all, "file"), size(files)));
    try (ExecutorService threads = Executors.newFixedThreadPool(SENT_AT_ONCE)) {
      List<Future<?>> sending = new ArrayList<>();
      files.forEach((digest, file) ->
          sending.add(threads.submit(() -> platform.put(path("/blobs/" + digest), file))));
      try {
        for (Future<?> each : sending) {
          var _ = each.get();
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String size(Map<String, Path> files) {
    long bytes = 0;
    for (Path file : files.values()) {
      try {
        bytes += Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes < 10_000 ? bytes + " bytes" : Math.ceilDiv(bytes, 1024) + " KiB";
  }
}
