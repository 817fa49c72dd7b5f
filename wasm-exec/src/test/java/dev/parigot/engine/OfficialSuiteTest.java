package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmValidator;
import dev.parigot.wasm.WasmWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official test suite's modules, from the folder of {@code .wast} files named by the property:
 * valid ones are read, written back and loaded by the engine, others are refused. What the engine
 * loads winds with a partner, and does the same then. {@code suite.sh} runs it.
 */
@EnabledIfSystemProperty(named = "parigot.suite", matches = ".+")
class OfficialSuiteTest {
  private static final Pattern LACKING = Pattern.compile("belongs to the (.*) proposal");

  /** Reasons of older versions of the specification, which some proposals' tests still have. */
  private static final Set<String> LATER_VALID = Set.of("multiple memories", "multiple tables");

  /** For one call; those of endless loops are cut off alike. */
  private static final long MILLIS = 20_000;

  private final org.graalvm.polyglot.Engine runner =
      org.graalvm.polyglot.Engine.newBuilder("wasm")
          .allowExperimentalOptions(true)
          .option("engine.WarnInterpreterOnly", "false")
          .options(Engine.PROPOSALS)
          .build();

  private final Path suite = Path.of(System.getProperty("parigot.suite", ""));
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Integer> lacking = new TreeMap<>();
  private final Map<String, Integer> skipped = new TreeMap<>();
  private final Map<String, Integer> stricter = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void validModulesAreReadWrittenAndLoadedAndOthersRefused()
      throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(suite);
        EngineReader engine = new EngineReader()) {
      for (Path file : files.filter(each -> each.toString().endsWith(".wast")).sorted().toList()) {
        count("files");
        String name = suite.relativize(file).toString();
        Script script = Script.read(file, folder);
        for (Script.Entry each : script.entries()) {
          check(name, each, engine);
        }
        if (!script.skipped().isEmpty()) {
          String first = script.skipped().getFirst();
          skipped.put(name + ", first: " + first, script.skipped().size());
        }
      }
    }
    print("In all", counts);
    print("Valid, but of a proposal that is refused by name", lacking);
    print("Refused here, loaded by the engine", stricter);
    print("Skipped: syntax that wast2json doesn't know", skipped);
    differences.forEach(System.out::println);
    assertThat(counts).containsKey("valid");
    assertThat(differences).isEmpty();
  }

  private void check(String file, Script.Entry entry, EngineReader engine) {
    count("modules");
    boolean valid =
        !entry.type().matches("assert_(invalid|malformed)") || LATER_VALID.contains(entry.text());
    Optional<String> refusal = refusal(entry.file());
    Optional<String> engines = engine.refusal(entry.file());
    String place = file + ", " + entry.type() + " \"" + entry.text() + "\": ";
    Matcher proposal = LACKING.matcher(refusal.orElse(""));
    if (valid && proposal.find()) {
      count("valid, but of a proposal that is refused by name");
      lacking.merge(proposal.group(1), 1, Integer::sum);
    } else if (valid) {
      count("valid");
      refusal.ifPresent(reason -> differences.add(place + "should be valid: " + reason));
    } else {
      count("refused");
      if (refusal.isEmpty()) {
        differences.add(place + "should be refused");
      }
    }
    if (refusal.isEmpty() && engines.isEmpty()) {
      wind(place, entry.file());
    }
    if (refusal.isEmpty() && engines.isPresent()) {
      differences.add(place + "valid here, but the engine refuses it: " + engines.get());
    } else if (refusal.isPresent() && engines.isEmpty()) {
      stricter.merge(place + refusal.get(), 1, Integer::sum);
    }
  }

  /** Wound with a partner it is valid, and does what it does by itself. */
  private void wind(String place, byte[] file) {
    WasmModule module = WasmReader.read(file);
    byte[] wound = WoundPair.of(module).file();
    count("wound with a partner");
    if (!isSmall(module)) {
      count("wound, but begins with too big a memory or table to be run");
    } else {
      count("wound and run");
      List<String> expected = run(file, "", BareModule.functions(module));
      List<String> told = run(wound, "subject.", BareModule.functions(module));
      if (!told.equals(expected)) {
        differences.add(place + "does " + expected + ", but wound " + told);
      }
    }
  }

  private static boolean isSmall(WasmModule module) {
    return Stream.concat(
            Stream.concat(module.memories().stream(), module.tables().stream()),
            module.imports().stream().map(Import::type))
        .allMatch(each ->
            switch (each) {
              case ExternalType.OfMemory memory -> memory.limits().minimum() <= 1 << 10;
              case ExternalType.OfTable table -> table.limits().minimum() <= 1 << 20;
              default -> true;
            });
  }

  /** What its start and its functions do; each of these counts. */
  private List<String> run(byte[] file, String prefix, List<String> functions) {
    try (BareModule module = new BareModule(runner, file, MILLIS)) {
      module.initialize();
      List<String> told = module.callAll(prefix, functions);
      counts.merge(
          "calls of " + (prefix.isEmpty() ? "their" : "wound") + " functions",
          told.size(),
          Integer::sum);
      return told;
    } catch (PolyglotException e) {
      return List.of("no start: " + BareModule.reason(e));
    }
  }

  private static Optional<String> refusal(byte[] file) {
    try {
      WasmModule module = WasmReader.read(file);
      WasmValidator.validate(module);
      WasmModule again = WasmReader.read(WasmWriter.write(module));
      return again.equals(module) ? Optional.empty() : Optional.of("reads back as another");
    } catch (MalformedWasm malformed) {
      assertThat(malformed.offset()).isBetween(0L, (long) file.length);
      return Optional.of(String.valueOf(malformed.getMessage()));
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private static void print(String title, Map<String, Integer> table) {
    System.out.println(title + ":");
    table.forEach((what, count) -> System.out.printf("  %6d %s%n", count, what));
  }
}
