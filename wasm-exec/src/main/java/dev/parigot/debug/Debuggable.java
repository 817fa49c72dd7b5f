package dev.parigot.debug;

import dev.parigot.debug.DebugInfo.Unit;
import dev.parigot.wasm.WasmModule;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a debugger can show the source of a module, and stop in it. */
public sealed interface Debuggable {
  /**
   * It can.
   *
   * @param files that were compiled and are on this machine; those that they include may be shown,
   *     too
   */
  record Yes(List<Path> files) implements Debuggable {
    public Yes {
      files = List.copyOf(files);
    }
  }

  /**
   * It can't.
   *
   * @param reason for the module's author, after its name; with what mends it
   */
  record No(String reason) implements Debuggable {}

  /** By what the module says of itself, and the files that are there. */
  static Debuggable of(WasmModule module, SourceFiles sources) {
    return new Check(DebugInfo.of(module), sources).verdict();
  }

  /** The look at one module. */
  record Check(DebugInfo info, SourceFiles sources) {
    private static final int READ = 4;

    /** C, C++ and Rust, by their numbers in DWARF: those that GraalWasm shows. */
    private static final Set<Integer> LANGUAGES =
        Set.of(0x01, 0x02, 0x0c, 0x1d, 0x2c, 0x04, 0x19, 0x1a, 0x21, 0x2a, 0x2b, 0x1c);

    private static final String C = "C and C++: -g -O0 -gdwarf-4, and no --strip-all";
    private static final String RUST = "Rust: -C debuginfo=2 -C opt-level=0, and no -C strip";

    Debuggable verdict() {
      if (info.producers().contains("Go")) {
        return new No("is written in Go, whose compiler writes no debugging information for WASM");
      }
      List<Unit> units = info.units();
      if (units.isEmpty()) {
        return new No("has no debugging information; compile it with it (" + cure() + ")");
      }
      Optional<Unit> other = units.stream().filter(unit -> unit.version() != READ).findFirst();
      if (other.isPresent()) {
        return new No(
            "has debugging information of DWARF "
                + other.get().version()
                + ", and the debugger reads DWARF 4; compile it with "
                + (rust() ? "-C dwarf-version=4" : "-gdwarf-4"));
      }
      List<Path> files = files(units);
      return files.isEmpty() ? new No(missing(units)) : new Yes(files);
    }

    private String cure() {
      if (rust()) {
        return RUST;
      }
      return info.producers().stream().anyMatch(name -> name.contains("clang"))
          ? C
          : C + "; " + RUST;
    }

    private boolean rust() {
      return info.producers().contains("Rust") || info.producers().contains("rustc");
    }

    private List<Path> files(List<Unit> units) {
      List<Path> files = new ArrayList<>();
      for (Unit unit : units) {
        String name = name(unit);
        try {
          Path file = sources.locate(unit.folder() == null ? "" : unit.folder(), name);
          if (LANGUAGES.contains(unit.language()) && !name.isEmpty() && Files.isRegularFile(file)) {
            files.add(file);
          }
        } catch (InvalidPathException e) {
          // There is no such file.
        }
      }
      return files;
    }

    /** Rust names a unit by its file and, after a mark, by what part of the program it is. */
    private static String name(Unit unit) {
      String name = unit.name();
      return name == null ? "" : name.replaceFirst("/@/.*$", "");
    }

    private static String missing(List<Unit> units) {
      String more = units.size() == 1 ? "" : " and " + (units.size() - 1) + " more";
      return "has debugging information of files that are not here: "
          + name(units.getFirst())
          + more
          + "; compile it here with -g, or have files named relative to the app's folder"
          + " (C and C++: -fdebug-compilation-dir=.; Rust: --remap-path-prefix)";
    }
  }
}
