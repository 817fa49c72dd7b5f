package dev.parigot.pipeline;

import dev.parigot.artifact.Digest;
import dev.parigot.contract.Contract;
import dev.parigot.contract.Method;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Exposure;
import dev.parigot.manifest.LooksSecret;
import dev.parigot.manifest.Manifest;
import dev.parigot.release.Artifacts;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was pushed, read and found right. Of files it keeps digests, not bytes: they are read again
 * to be stored, so that one push never holds more than one file in memory.
 *
 * @param file the manifest's own file
 * @param startingData the file of what demos begin with, or null
 * @param services the modules of the services, by name
 * @param tests the test modules, by name
 * @param site the site's files, by their path in it
 */
record Source(
    SourceTree tree,
    Blueprint blueprint,
    StoredFile file,
    @Nullable StoredFile startingData,
    Map<String, Module> services,
    Map<String, Module> tests,
    Map<String, StoredFile> site,
    List<String> warnings) {
  private static final int PAGE = 65536;

  /** A file and the digest of its bytes. */
  record StoredFile(SourceTree.Entry entry, Digest digest) {}

  /** A module and what its binary says. */
  record Module(StoredFile file, Contract contract) {}

  Manifest manifest() {
    return blueprint.manifest();
  }

  /** Where the modules are read again. */
  Blueprint.Files modules() {
    Map<String, SourceTree.Entry> entries = new HashMap<>();
    Stream.concat(services.values().stream(), tests.values().stream())
        .map(module -> module.file().entry())
        .forEach(entry -> entries.put(entry.path(), entry));
    return new Blueprint.Files() {
      @Override
      public byte[] read(String path) {
        try {
          return tree.read(Objects.requireNonNull(entries.get(path), path));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public boolean anyIn(String folder) {
        return entries.keySet().stream().anyMatch(path -> path.startsWith(folder + "/"));
      }
    };
  }

  /** Such as {@code 4 services, 1 test module}. */
  String summary() {
    String text = counted(services.size(), "service");
    return tests.isEmpty() ? text : text + ", " + counted(tests.size(), "test module");
  }

  /** What the user should know of, a line each. */
  List<String> notes() {
    return Stream.concat(
            warnings.stream(),
            LooksSecret.warnings(manifest().config()).stream().map(each -> "Warning: " + each))
        .toList();
  }

  /** What its release is made of, once its files are stored. */
  Release.Contents released(Map<String, String> config) {
    Manifest.Site declared = manifest().site();
    return new Release.Contents(
        services.entrySet().stream().map(each -> released(each.getKey(), each.getValue())).toList(),
        siteFiles(),
        declared == null ? null : declared.service(),
        config,
        queues(),
        cron(),
        manifest().channelRules(),
        manifest().outbound(),
        file.digest().toString(),
        startingData == null ? null : startingData.digest().toString(),
        testDigests(),
        manifest().signIn());
  }

  private Map<String, String> testDigests() {
    Map<String, String> digests = new LinkedHashMap<>();
    tests.forEach((name, module) -> digests.put(name, module.file().digest().toString()));
    return digests;
  }

  private Map<String, Release.SiteFile> siteFiles() {
    Map<String, Release.SiteFile> files = new LinkedHashMap<>();
    site.forEach((path, file) ->
        files.put(path, new Release.SiteFile(file.digest().toString(), file.entry().size())));
    return files;
  }

  private Map<String, Release.Queue> queues() {
    Map<String, Release.Queue> queues = new LinkedHashMap<>();
    manifest()
        .queues()
        .forEach((name, queue) -> {
          Manifest.Target target = queue.deliver();
          queues.put(
              name,
              new Release.Queue(
                  target.service(),
                  target.method(),
                  queue.attempts(),
                  queue.concurrency(),
                  queue.fifo()));
        });
    return queues;
  }

  private Map<String, Release.Cron> cron() {
    Map<String, Release.Cron> schedules = new LinkedHashMap<>();
    manifest()
        .cron()
        .forEach((name, cron) -> {
          Manifest.Target target = cron.call();
          schedules.put(
              name,
              new Release.Cron(
                  cron.schedule(),
                  named(cron.timezone()),
                  target.service(),
                  target.method(),
                  cron.overlap(),
                  cron.staging()));
        });
    return schedules;
  }

  /** The manifest's default is an offset, whose id is a letter. */
  private static String named(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** Stores every file that the release before does not have already. */
  void store(Artifacts artifacts, Optional<Release> before) throws IOException {
    Set<String> stored = new HashSet<>();
    before.ifPresent(release -> {
      release.services().forEach(service -> stored.add(service.digest()));
      release.site().values().forEach(file -> stored.add(file.digest()));
      stored.addAll(release.contents().tests().values());
    });
    List<StoredFile> files = new ArrayList<>(site.values());
    files.add(file);
    if (startingData != null) {
      files.add(startingData);
    }
    services.values().forEach(module -> files.add(module.file()));
    tests.values().forEach(module -> files.add(module.file()));
    for (StoredFile file : files) {
      if (stored.add(file.digest().toString())) {
        artifacts.put(tree.read(file.entry()));
      }
    }
  }

  private ReleasedService released(String name, Module module) {
    Manifest.Service declared = declared(name);
    Contract contract = module.contract();
    Exposure exposure = manifest().exposure(name, contract);
    return new ReleasedService(
        name,
        contract.kind().name().toLowerCase(Locale.ROOT),
        module.file().digest().toString(),
        module.file().entry().size(),
        exposure instanceof Exposure.Everything,
        exposure instanceof Exposure.Only only ? only.methods() : null,
        declared.min(),
        declared.max(),
        Math.ceilDiv(declared.memoryBytes(), PAGE) * PAGE,
        declared.timeout().toNanos(),
        methods(contract),
        contract.dependencies().stream()
            .map(call -> new ReleasedService.Call(call.service(), call.method(), call.async()))
            .toList(),
        contract.capabilities(),
        declared.signedIn());
  }

  /** A command is called as if it had one method. */
  private static List<String> methods(Contract contract) {
    return contract.kind() == Contract.Kind.COMMAND
        ? List.of("http")
        : contract.methods().stream().map(Method::name).toList();
  }

  private Manifest.Service declared(String name) {
    Manifest.Service service = manifest().services().get(name);
    if (service == null) {
      throw new IllegalStateException("no service " + name + " in the manifest");
    }
    return service;
  }

  static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
