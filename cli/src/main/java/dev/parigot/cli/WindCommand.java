package dev.parigot.cli;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Nearest;
import dev.parigot.manifest.Blueprint;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wind.CannotWind;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import dev.parigot.wind.Wind;
import dev.parigot.wind.Wound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code parigot wind}: makes one module of an app's. */
@Command(
    name = "wind",
    description = {
      "Merges the modules of an app, or of several that call one another, into one",
      "WASM file by editing them. Calls between them become function calls; what",
      "else they import is named <import module>@<service> in the result. Commands",
      "are copied beside it."
    })
final class WindCommand implements Callable<Integer> {
  private static final String SUFFIX = ".wasm";

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "the folders of the apps")
  private List<Path> dirs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "app.wasm",
      description = "the file to write (app.wasm)")
  private Path output = Path.of("app.wasm");

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description = "where to write what leads from the result's code back to the modules'")
  private @Nullable Path map;

  @Option(
      names = "--services",
      paramLabel = "NAME",
      split = ",",
      description = "wind these alone; calls to others stay imports")
  private Set<String> only = Set.of();

  @Option(names = "--with-tests", description = "wind the test modules too")
  private boolean withTests;

  @Option(
      names = "--trace",
      description = "tell the host when calls between services begin and end (parigot:trace)")
  private boolean trace;

  @Option(
      names = "--html",
      paramLabel = "FOLDER",
      description =
          "write a folder instead that any static host serves: the app in its visitor's browser")
  private @Nullable Path html;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (html != null) {
      spec.commandLine().getOut().println(new HtmlFolder(html).write(onlyOne()));
      return 0;
    }
    Map<String, Module> modules = modules();
    Wound wound = wind(modules.values().stream().map(Module::part).toList());
    Map<Path, byte[]> files = new LinkedHashMap<>();
    put(files, output, wound.module());
    for (Module each : modules.values()) {
      if (each.isCommand()) {
        put(files, beside(each.part.name()), each.file.toArray());
      }
    }
    if (map != null) {
      put(files, map, JsonMapper.shared().writeValueAsBytes(wound.map()));
    }
    for (Map.Entry<Path, byte[]> each : files.entrySet()) {
      write(each.getKey(), each.getValue());
    }
    long commands = modules.values().stream().filter(Module::isCommand).count();
    spec.commandLine()
        .getOut()
        .println(
            output
                + ": "
                + counted(modules.size() - commands, "service")
                + (commands == 0 ? "" : " beside " + counted(commands, "command"))
                + ", "
                + wound.module().length
                + " bytes");
    return 0;
  }

  private Folder onlyOne() {
    boolean names = spec.commandLine().getParseResult().hasMatchedOption("--output");
    if (dirs.size() > 1 || !only.isEmpty() || withTests || map != null || names) {
      throw new ParameterException(
          spec.commandLine(),
          "--html takes one app as a whole, and no --services, --with-tests, --map, --output");
    }
    return new Folder(dirs.getFirst());
  }

  private Wound wind(List<Part> parts) {
    try {
      return Wind.wind(parts, new Options(trace));
    } catch (CannotWind e) {
      throw new UserMistake(e.getMessage() + "; wind fewer of them (--services)");
    }
  }

  private static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  private record Module(Part part, Bytes file) {
    boolean isCommand() {
      return part.contract().kind() == Contract.Kind.COMMAND;
    }
  }

  /** By name, callees first. */
  private Map<String, Module> modules() {
    List<Folder> folders = dirs.stream().distinct().map(Folder::new).toList();
    List<Blueprint> apps = read(folders);
    Map<String, Module> modules = new LinkedHashMap<>();
    for (String name : Blueprint.graph(apps).order()) {
      for (int i = 0; i < apps.size(); i++) {
        add(modules, folders.get(i), name, apps.get(i).services().get(name));
      }
    }
    for (int i = 0; withTests && i < apps.size(); i++) {
      for (Map.Entry<String, Blueprint.Part> test : apps.get(i).tests().entrySet()) {
        add(modules, folders.get(i), test.getKey(), test.getValue());
      }
    }
    Set<String> missing = new TreeSet<>(only);
    missing.removeAll(modules.keySet());
    if (!missing.isEmpty()) {
      throw new UserMistake(missing(missing.iterator().next(), apps));
    }
    return modules;
  }

  private static List<Blueprint> read(List<Folder> folders) {
    if (folders.size() == 1) {
      return List.of(Blueprint.read(folders.getFirst()));
    }
    SequencedMap<String, Blueprint.Files> apps = new LinkedHashMap<>();
    folders.forEach(folder -> apps.put(folder.path() + "/", folder));
    return Blueprint.read(apps);
  }

  private void add(
      Map<String, Module> modules, Folder folder, String name, Blueprint.@Nullable Part part) {
    if (part == null || !only.isEmpty() && !only.contains(name)) {
      return;
    }
    if (modules.put(name, module(folder, name, part)) != null) {
      throw new UserMistake(
          "the test module "
              + name
              + " in "
              + folder.path()
              + " has the name of another module;"
              + " rename it, or wind without --with-tests");
    }
  }

  private String missing(String name, List<Blueprint> apps) {
    if (apps.stream().anyMatch(app -> app.tests().containsKey(name))) {
      return name + " is a test module: add --with-tests";
    }
    Set<String> known = new TreeSet<>();
    apps.forEach(app -> known.addAll(app.services().keySet()));
    if (withTests) {
      apps.forEach(app -> known.addAll(app.tests().keySet()));
    }
    return ("there is no service " + name + ". " + Nearest.hint(name, known)).strip();
  }

  private static Module module(Folder folder, String name, Blueprint.Part part) {
    try {
      byte[] bytes = folder.read(part.path());
      Bytes file = Bytes.of(bytes);
      return new Module(
          new Part(name, file.digest(), part.contract(), WasmReader.read(bytes)), file);
    } catch (Blueprint.Unreadable e) {
      throw new UserMistake(String.valueOf(e.getMessage()));
    }
  }

  /** Where a command lies: {@code app.NAME.wasm} beside {@code app.wasm}. */
  private Path beside(String command) {
    String name = output.getFileName().toString();
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return output.resolveSibling(stem + "." + command + SUFFIX);
  }

  /** Adds a file that is to be written, if it can be. */
  private static void put(Map<Path, byte[]> files, Path file, byte[] bytes) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UserMistake("there is no folder " + folder + " for " + file.getFileName());
    }
    if (Files.isDirectory(file)) {
      throw new UserMistake(file + " is a folder: name a file to write");
    }
    if (files.put(file, bytes) != null) {
      throw new UserMistake("two things would be written to " + file + ": name another file");
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UserMistake(file + " can't be written: " + e);
    }
  }
}
