package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/tutorial-timing.md tells its readers to type prints what it says. Where strategies have
 * changed, {@code -Dtutorial.write=true} writes anew what is printed.
 */
class TutorialTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = REPOSITORY.resolve("docs/tutorial-timing.md");
  private static final boolean WRITE = Boolean.getBoolean("tutorial.write");
  private static final String FENCE = "```";

  /** Stands for lines that the page leaves out. */
  private static final String LEFT_OUT = "…";

  @TempDir private Path folder;

  @Test
  void whatOneTypesPrintsWhatThePageSays() throws Exception {
    List<String> page = Files.readAllLines(PAGE);
    List<String> written = new ArrayList<>();
    int commands = 0;
    for (int i = 0; i < page.size(); i++) {
      String line = page.get(i);
      written.add(line);
      if (line.startsWith("$ ")) {
        commands++;
        int end = i + 1;
        while (!page.get(end).startsWith("$ ") && !page.get(end).equals(FENCE)) {
          end++;
        }
        List<String> expected = page.subList(i + 1, end);
        List<String> printed = run(line.substring(2));
        written.addAll(expected.contains(LEFT_OUT) || !WRITE ? expected : printed);
        if (!WRITE) {
          assertThat(shortened(printed, expected)).as(line).isEqualTo(without(expected));
        }
        i = end - 1;
      }
    }
    assertThat(commands).isGreaterThan(10);
    if (WRITE) {
      Files.write(PAGE, written);
    }
  }

  private List<String> run(String command) throws IOException, InterruptedException {
    if (command.startsWith("parigot ")) {
      String[] arguments =
          Stream.of(command.substring("parigot ".length()).split(" "))
              .map(each -> each.startsWith("shop") ? folder.resolve(each).toString() : each)
              .toArray(String[]::new);
      String printed = Ran.parigot(arguments).out();
      return printed.replace(folder + "/", "").lines().toList();
    }
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    shell
        .environment()
        .putAll(
            Map.of(
                "PARIGOT", REPOSITORY.toString(),
                "GIT_AUTHOR_NAME", "Ada",
                "GIT_AUTHOR_EMAIL", "ada@example.org",
                "GIT_COMMITTER_NAME", "Ada",
                "GIT_COMMITTER_EMAIL", "ada@example.org",
                "GIT_CONFIG_GLOBAL", "/dev/null"));
    Process process = shell.start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(command + lines).isZero();
    // The page doesn't tell git's digests of files.
    return lines.stream().filter(line -> !line.startsWith("index ")).toList();
  }

  /** Without what the page leaves out, and what depends on the machine. */
  private static List<String> shortened(List<String> printed, List<String> expected) {
    int gap = expected.indexOf(LEFT_OUT);
    if (gap < 0) {
      return without(printed);
    }
    int after = expected.size() - gap - 1;
    List<String> kept = new ArrayList<>(printed.subList(0, gap));
    kept.add(LEFT_OUT);
    kept.addAll(printed.subList(printed.size() - after, printed.size()));
    return without(kept);
  }

  private static List<String> without(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst(", [\\d.,]+ a second$", ", N a second"))
        .collect(Collectors.toList());
  }
}
