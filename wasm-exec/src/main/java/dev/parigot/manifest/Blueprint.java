package dev.parigot.manifest;

import dev.parigot.contract.BrokenGraph;
import dev.parigot.contract.Contract;
import dev.parigot.contract.ServiceGraph;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * An app as its manifest and the binaries of its modules describe it, found to fit together.
 *
 * @param services by name, in the order of the manifest
 * @param tests test modules by name, in the order of the manifest
 */
public record Blueprint(Manifest manifest, Map<String, Part> services, Map<String, Part> tests) {
  public static final String MANIFEST = "parigot.toml";

  public Blueprint {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
  }

  /**
   * One module of the app.
   *
   * @param path of its file, relative to the manifest
   */
  public record Part(String path, Contract contract) {}

  /** Where the files of an app are; paths are relative to the manifest, with {@code /}. */
  public interface Files {
    /** The bytes of a file; throws {@link Unreadable} if they can't be had. */
    byte[] read(String path) throws Unreadable;

    /** Whether there is a file in that folder or below it. */
    boolean anyIn(String folder);
  }

  /** A file of an app that can't be had; the message says why, and what to do. */
  public static final class Unreadable extends Exception {
    public Unreadable(String message) {
      super(message);
    }
  }

  /**
   * Reads the manifest and every module that it names.
   *
   * @throws MalformedApp with every mistake in any of them
   */
  public static Blueprint read(Files files) {
    return BlueprintReader.read(List.of(new BlueprintReader("", files))).getFirst();
  }

  /**
   * Reads apps that are to be one program: a service may call those of another app, which is why
   * all have names of their own.
   *
   * @param apps by what the places of mistakes begin with: their folders, each with a slash
   * @return in the same order
   * @throws MalformedApp with every mistake in any of them
   */
  public static List<Blueprint> read(SequencedMap<String, Files> apps) {
    return BlueprintReader.read(
        apps.entrySet().stream()
            .map(app -> new BlueprintReader(app.getKey(), app.getValue()))
            .toList());
  }

  /** The calls between its modules; of an app that is malformed it throws {@link BrokenGraph}. */
  public ServiceGraph graph() {
    return ServiceGraph.of(contracts(services), contracts(tests));
  }

  /** The calls between the services of apps that were read together. */
  public static ServiceGraph graph(List<Blueprint> apps) {
    Map<String, Contract> contracts = new LinkedHashMap<>();
    apps.forEach(app -> contracts.putAll(contracts(app.services)));
    return ServiceGraph.of(contracts);
  }

  /** The contracts of parts, by name; the map is the caller's. */
  static Map<String, Contract> contracts(Map<String, Part> parts) {
    Map<String, Contract> contracts = new LinkedHashMap<>();
    parts.forEach((name, part) -> contracts.put(name, part.contract()));
    return contracts;
  }
}
