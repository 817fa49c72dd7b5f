package dev.parigot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A push of one changed service of six with the real git, from the start of the command to the
 * first answer of that service.
 */
final class PushBench {
  private static final int PUSHES = 20;
  private static final String APP = "shop";
  private static final String CHANGED = "build/pricing.wasm";
  private static final String CALLED = "cart/view";
  private static final byte[] REQUEST = "{\"cart\": \"a-benchmark\"}".getBytes(UTF_8);

  private PushBench() {}

  static void run(Surroundings surroundings) throws IOException, InterruptedException {
    surroundings.print(
        "%n# push: one changed service of the shop's six, from the start of git push to its first answer, %d times",
        PUSHES);
    Path work = surroundings.folder("push");
    copy(surroundings.root().resolve("examples/shop"), work);
    byte[] module = Files.readAllBytes(work.resolve(CHANGED));
    git(work, "init", "-q", "-b", "main");
    try (Platform platform = Platform.start(surroundings, Map.of())) {
      platform.create(APP);
      git(work, "remote", "add", "parigot", platform.gitRemote(APP));
      long first = pushAndCall(platform, work);
      long[] pushes = new long[PUSHES];
      for (int i = 0; i < PUSHES; i++) {
        Files.write(work.resolve(CHANGED), DeployBench.changed(module, i));
        pushes[i] = pushAndCall(platform, work);
      }
      Arrays.sort(pushes);
      surroundings.print(
          "median %.0f ms, worst %.0f ms; the first push, of all seven services, %.0f ms",
          pushes[PUSHES / 2] / 1e6, pushes[PUSHES - 1] / 1e6, first / 1e6);
    }
  }

  private static long pushAndCall(Platform platform, Path work)
      throws IOException, InterruptedException {
    git(work, "add", "-A");
    git(
        work,
        "-c",
        "user.name=Bench",
        "-c",
        "user.email=bench@example.org",
        "commit",
        "-q",
        "-m",
        "changed");
    long begin = System.nanoTime();
    git(work, "push", "-q", "parigot", "main");
    platform.call(APP, CALLED, REQUEST);
    return System.nanoTime() - begin;
  }

  private static void git(Path work, String... arguments) throws IOException, InterruptedException {
    Surroundings.run(work, Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = to.resolve(from.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }
}
