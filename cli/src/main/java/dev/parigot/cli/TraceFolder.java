package dev.parigot.cli;

import dev.parigot.local.TestMethod;
import dev.parigot.manifest.Blueprint;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Trace;
import dev.parigot.wasm.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Where the runs that failed are kept: {@code timing/} in the app's folder. */
record TraceFolder(Folder app) {
  private static final String NAME = "timing";

  /** Answers the file, which replaces the one of an earlier run of the test. */
  Path keep(Blueprint blueprint, TestMethod test, long seed, Explorer.Found found)
      throws IOException, Blueprint.Unreadable {
    Trace trace =
        new Trace(
            test.toString(),
            seed,
            String.valueOf(found.smallest().failure()),
            found.why().sentence(),
            digests(blueprint),
            found.smallest().choices());
    Path file = app.path().resolve(NAME).resolve(test + ".json");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, trace.json());
    return file;
  }

  /** Of the app's modules as they are now. */
  Map<String, String> digests(Blueprint blueprint) throws Blueprint.Unreadable {
    Map<String, Blueprint.Part> parts = new TreeMap<>(blueprint.services());
    parts.putAll(blueprint.tests());
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, Blueprint.Part> each : parts.entrySet()) {
      digests.put(each.getKey(), Bytes.of(app.read(each.getValue().path())).digest());
    }
    return digests;
  }
}
