package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The official test suite's modules, from the folder named by the property: what {@code wast2json}
 * made of each file. See DESIGN.md for the command.
 */
@EnabledIfSystemProperty(named = "wasm.testsuite", matches = ".+")
class OfficialSuiteTest {
  private static final Pattern COMMAND =
      Pattern.compile(
          "\"type\": \"([a-z_]+)\"[^{}]*?\"filename\": \"([^\"]+\\.wasm)\"(?:, \"text\": \"([^\"]*)\")?");

  /** Reasons of older versions of the specification, which some proposals' tests still have. */
  private static final Set<String> LATER_VALID = Set.of("multiple memories", "multiple tables");

  private final Path folder = Path.of(System.getProperty("wasm.testsuite", ""));
  private final List<String> differences = new ArrayList<>();

  @Test
  void validModulesAreReadAndWrittenAndOthersRefused() throws IOException {
    Map<String, Integer> total = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        Map<String, Integer> counts = run(file);
        System.out.println(file.getFileName() + " " + counts);
        counts.forEach((what, count) -> total.merge(what, count, Integer::sum));
      }
    }
    System.out.println("all " + total);
    differences.forEach(System.out::println);
    assertThat(differences).isEmpty();
  }

  private Map<String, Integer> run(Path file) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    Matcher commands = COMMAND.matcher(Files.readString(file));
    while (commands.find()) {
      boolean valid =
          !commands.group(1).matches("assert_(invalid|malformed)")
              || LATER_VALID.contains(String.valueOf(commands.group(3)));
      String outcome = outcome(Files.readAllBytes(folder.resolve(commands.group(2))));
      String expected = valid ? "valid" : "refused";
      boolean same = outcome.startsWith(expected) || (valid && outcome.contains(" proposal"));
      if (!same) {
        differences.add(commands.group(2) + " should be " + expected + ": " + outcome);
      }
      String lacking = valid && outcome.contains(" proposal") ? ", of a proposal lacking" : "";
      counts.merge((same ? expected : "different") + lacking, 1, Integer::sum);
    }
    return counts;
  }

  private static String outcome(byte[] file) {
    try {
      WasmModule module = WasmReader.read(file);
      WasmValidator.validate(module);
      WasmModule again = WasmReader.read(WasmWriter.write(module));
      return again.equals(module) ? "valid" : "written, it reads back as another";
    } catch (MalformedWasm malformed) {
      return "refused: " + malformed.getMessage();
    }
  }
}
