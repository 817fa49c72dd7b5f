package dev.parigot.web;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions between the rooms of the house, and which vendor lives where. */
class ArchitectureTest {
  private static final String OURS = "dev.parigot.";

  /** The features of each module, and the modules that it may look into beside itself. */
  private static final Map<String, Set<String>> MODULES =
      Map.of(
          "wasm-exec",
          Set.of(
              "wasm",
              "contract",
              "manifest",
              "wind",
              "engine",
              "debug",
              "host",
              "situation",
              "timing",
              "history",
              "local",
              "http",
              "gateway",
              "browser",
              "channel",
              "replay",
              "signin",
              "source"),
          "artifact-store",
          Set.of("artifact"),
          "platform-core",
          Set.of(
              "account",
              "app",
              "database",
              "pipeline",
              "release",
              "gate",
              "picture",
              "fleet",
              "edge",
              "scaling",
              "keyvalue",
              "queue",
              "relay",
              "outbound",
              "secret",
              "metering",
              "observe",
              "remote",
              "domain",
              "backup",
              "demo",
              "user",
              "problem"),
          "git-receiver",
          Set.of("git"),
          "cron",
          Set.of("cron"),
          "web-ui",
          Set.of("web"),
          "cli",
          Set.of("cli", "workbench"));

  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "wasm-exec",
          Set.of(),
          "artifact-store",
          Set.of(),
          "platform-core",
          Set.of("artifact-store", "wasm-exec"),
          "git-receiver",
          Set.of("platform-core", "artifact-store", "wasm-exec"),
          "cron",
          Set.of("platform-core", "artifact-store", "wasm-exec"),
          "web-ui",
          Set.of("git-receiver", "cron", "platform-core", "artifact-store", "wasm-exec"),
          "cli",
          Set.of("wasm-exec"));

  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.parigot");
  }

  /** Else the rules below would hold of nothing. */
  @Test
  void theWholeHouseIsRead() {
    assertThat(features())
        .contains("wasm", "contract", "manifest", "engine", "host", "situation", "artifact")
        .contains(
            "account",
            "app",
            "pipeline",
            "release",
            "fleet",
            "gateway",
            "edge",
            "demo",
            "git",
            "web");
    assertThat(features())
        .as("every feature belongs to a module")
        .isSubsetOf(MODULES.values().stream().flatMap(Set::stream).toList());
  }

  @Test
  void modulesPointInOneDirection() {
    MODULES.forEach((module, features) -> {
      Set<String> forbidden =
          MODULES.entrySet().stream()
              .filter(other -> !other.getKey().equals(module))
              .filter(other -> !MAY_USE.getOrDefault(module, Set.of()).contains(other.getKey()))
              .flatMap(other -> other.getValue().stream())
              .collect(Collectors.toSet());
      neverUse(features, forbidden);
    });
  }

  /** Of the source, as the console's class path is without it. */
  @Test
  void theCommandLineToolUsesWhatRunsModulesAndNothingElseOfOurs() throws IOException {
    Set<String> may = new TreeSet<>(MODULES.get("wasm-exec"));
    may.addAll(MODULES.get("cli"));
    Pattern ours = Pattern.compile("(?m)^import (?:static )?dev\\.parigot\\.(\\w+)");
    Set<String> used = new TreeSet<>();
    for (Path source : sources("cli")) {
      ours.matcher(Files.readString(source)).results().forEach(each -> used.add(each.group(1)));
    }
    assertThat(used).isNotEmpty().isSubsetOf(may);
  }

  @Test
  void timeRandomnessAndThreadsArriveAsParameters() {
    noClasses()
        .that(
            resideInAnyPackage(
                packages(Set.of("wind", "timing", "history", "situation", "engine"))))
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(SecureRandom.class)
        .orShould()
        .callMethod(Thread.class, "start")
        .orShould()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "ofPlatform")
        .orShould()
        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.concurrent")
                .and(simpleName("Executors").or(simpleName("Timer"))))
        .check(house);
  }

  @Test
  void insideTheCoreThePipelineLeadsDownToTheAccount() {
    neverUse(Set.of("account"), Set.of("app", "release", "pipeline", "fleet", "edge"));
    neverUse(Set.of("app"), Set.of("release", "pipeline", "fleet", "edge", "gate"));
    neverUse(Set.of("release"), Set.of("pipeline", "fleet", "edge", "gate"));
    neverUse(Set.of("gate"), Set.of("pipeline"));
    neverUse(Set.of("user"), Set.of("release", "pipeline", "fleet", "edge", "gate"));
    neverUse(Set.of("fleet"), Set.of("edge", "pipeline", "scaling"));
    neverUse(Set.of("edge"), Set.of("pipeline", "demo"));
    neverUse(Set.of("app", "release", "pipeline", "fleet"), Set.of("demo"));
  }

  /** A demo runs in its visitor's browser: nothing that runs, stores or is secret here is its. */
  @Test
  void aDemoIsMadeOfReleasesAndNeedsNothingThatRuns() {
    neverUse(
        Set.of("demo"),
        Set.of("pipeline", "gate", "fleet", "edge", "scaling", "keyvalue", "queue", "outbound"));
    neverUse(Set.of("demo"), Set.of("engine", "host", "situation"));
  }

  @Test
  void problemMeteringAndObserveAreLeaves() {
    Set<String> others = new TreeSet<>(MODULES.get("platform-core"));
    others.removeAll(Set.of("problem", "metering", "observe"));
    neverUse(Set.of("problem", "metering"), others);
    others.removeAll(Set.of("app", "account"));
    // A line and an event are an app's, by its id.
    neverUse(Set.of("observe"), others);
  }

  /** A failure is drawn of what was recorded, wherever that was. */
  @Test
  void aPictureIsMadeOfARecordingAlone() {
    Set<String> others = new TreeSet<>(MODULES.get("platform-core"));
    others.remove("picture");
    neverUse(Set.of("picture"), others);
  }

  @Test
  void theModelOfModulesImportsNothingOfOurs() {
    neverUse(
        Set.of("wasm"),
        features().stream().filter(feature -> !feature.equals("wasm")).collect(Collectors.toSet()));
  }

  @Test
  void eachVendorStaysInItsRoom() {
    onlyIn(List.of("engine", "host"), "org.graalvm..", "com.oracle.truffle..");
    onlyIn(List.of("artifact"), "io.minio..", "org.gaul..", "org.jclouds..");
    onlyIn(List.of("outbound"), "org.apache.hc..");
    onlyIn(List.of("domain"), "org.shredzone.acme4j..", "org.xbill.DNS..");
    onlyIn(List.of("git"), "org.eclipse.jgit..");
    onlyIn(List.of("cron"), "org.quartz..");
    onlyIn(List.of("web"), "org.springframework.security.oauth2..", "com.nimbusds..");
    onlyIn(
        List.of("web"), "com.vaadin..", "org.springframework.web..", "org.springframework.boot..");
    // The git remote is a servlet by its protocol.
    onlyIn(List.of("web", "git"), "jakarta.servlet..");
  }

  @Test
  void springWiresInOnePlace() {
    noClasses()
        .that(resideInAPackage("dev.parigot..").and(not(resideInAPackage("dev.parigot.web.."))))
        .should(beAnnotatedWith("org.springframework.stereotype.Component"))
        .orShould(beAnnotatedWith("org.springframework.stereotype.Service"))
        .orShould(beAnnotatedWith("org.springframework.context.annotation.Configuration"))
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void everyPackageSaysWhatItIsAndMarksItsNulls() {
    Set<String> packages =
        house.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> unmarked =
        packages.stream()
            .filter(name ->
                !house.contain(name + ".package-info")
                    || !house.get(name + ".package-info").isAnnotatedWith(NullMarked.class))
            .toList();

    assertThat(unmarked).isEmpty();
  }

  @Test
  void everyPublicTypeHasASentenceThatDefinesIt() throws IOException {
    Pattern declaration =
        Pattern.compile(
            "(?m)^public (?:(?:abstract|final|sealed|non-sealed) )*(?:class|record|interface|enum|@interface) (\\w+)");
    Pattern documented = Pattern.compile("\\*/\\s*(?:@[\\s\\S]*)?$");
    List<String> silent = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      var type = declaration.matcher(text);
      if (type.find()) {
        String before = text.substring(0, type.start());
        int imports = Math.max(before.lastIndexOf("\nimport "), before.indexOf("package "));
        if (!documented.matcher(before.substring(imports)).find()) {
          silent.add(source.toString());
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES.keySet()) {
      sources.addAll(sources(module));
    }
    assertThat(sources).hasSizeGreaterThan(100);
    return sources;
  }

  private static List<Path> sources(String module) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static Set<String> features() {
    return house.stream()
        .map(type -> type.getPackageName().substring(OURS.length()).split("\\.")[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void neverUse(Set<String> features, Set<String> forbidden) {
    if (forbidden.isEmpty()) {
      return;
    }
    noClasses()
        .that(resideInAnyPackage(packages(features)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages(forbidden)))
        .allowEmptyShould(true)
        .check(house);
  }

  private static void onlyIn(List<String> rooms, String... vendor) {
    classes()
        .that(not(resideInAnyPackage(packages(Set.copyOf(rooms)))))
        .should()
        .onlyDependOnClassesThat(not(resideInAnyPackage(vendor)))
        .as("only " + rooms + " use " + Arrays.toString(vendor))
        .check(house);
  }

  private static String[] packages(Set<String> features) {
    return features.stream().map(feature -> OURS + feature + "..").toArray(String[]::new);
  }
}
