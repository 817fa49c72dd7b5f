package dev.parigot.contract;

import dev.parigot.contract.Contract.Kind;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.Place;
import dev.parigot.wasm.SectionId;
import dev.parigot.wasm.WasmModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks a module's imports against the table of the ABI, and sorts them. */
final class ImportReader {
  private final WasmModule module;
  private final Kind kind;
  private final Role role;
  private final boolean hasRoom;
  private final List<Violation> violations;
  private final Map<String, Dependency> dependencies = new LinkedHashMap<>();
  private final SortedSet<String> capabilities = new TreeSet<>();
  private boolean toldOfRoom;

  /**
   * @param hasRoom whether the module exports a memory and its allocator
   * @param violations to which those of the imports are added
   */
  ImportReader(
      WasmModule module, Kind kind, Role role, boolean hasRoom, List<Violation> violations) {
    this.module = module;
    this.kind = kind;
    this.role = role;
    this.hasRoom = hasRoom;
    this.violations = violations;
  }

  void read() {
    for (Import each : module.imports()) {
      if (each.type() instanceof ExternalType.OfFunction function) {
        read(each, module.types().get(function.type()));
      } else {
        violate(
            each,
            "it imports the " + each.type().kind() + " " + shown(each),
            "Nothing provides any: define it in the module"
                + (each.type().kind() == ExternalKind.MEMORY
                    ? " and export it as `memory`."
                    : "."));
      }
    }
  }

  List<Dependency> dependencies() {
    return List.copyOf(dependencies.values());
  }

  List<String> capabilities() {
    return List.copyOf(capabilities);
  }

  private void read(Import each, FunctionType type) {
    Optional<AbiFunction> found = Abi.table().find(each.module(), each.name());
    if (found.isEmpty()) {
      violate(each, "nothing provides " + shown(each), hint(each));
      return;
    }
    AbiFunction function = found.get();
    if (!isAllowed(each, function)) {
      return;
    }
    if (!function.type().equals(type)) {
      violate(each, shown(each) + " is imported as " + type + ", but it is " + function.type(), "");
    }
    if (function.name().equals("*")) {
      depend(each);
    } else {
      capabilities.add(each.module());
    }
  }

  private boolean isAllowed(Import each, AbiFunction function) {
    String importer = role == Role.TEST ? "test" : ContractReader.word(kind);
    if (kind == Kind.PLAIN) {
      importer = "plain";
    }
    if (function.importers().contains(importer)) {
      if (each.module().equals(Abi.WASI) || hasRoom) {
        return true;
      }
      tellOfRoom(each);
      return false;
    }
    if (role != Role.TEST && function.importers().equals(List.of("test"))) {
      violate(
          each,
          shown(each) + " is for test modules only",
          "List the module under [tests], or don't import it.");
    } else {
      tellOfRoom(each);
    }
    return false;
  }

  /** Told once: every other import has the same cause. */
  private void tellOfRoom(Import each) {
    if (toldOfRoom) {
      return;
    }
    toldOfRoom = true;
    violate(
        each,
        "a " + ContractReader.word(kind) + " can't import " + shown(each),
        kind == Kind.COMMAND
            ? "A command that uses parigot:* exports `memory` and `parigot_alloc` of type (i32) -> i32."
            : "Only services can: they export `memory`, `parigot_alloc` of type (i32) -> i32 and"
                + " methods of type "
                + ContractReader.METHOD
                + ".");
  }

  private void depend(Import each) {
    boolean async = each.module().startsWith(Abi.ASYNC);
    String service = each.module().substring(each.module().indexOf('/') + 1);
    if (!Names.isService(service)) {
      violate(each, "`" + service + "` can't name a service", "Use " + Names.SERVICE_RULE + ".");
    } else if (!Names.isMethod(each.name())) {
      violate(
          each,
          "`" + each.name() + "` can't name a method",
          "Use letters, digits and underscores, beginning with a letter and not with parigot_.");
    } else {
      dependencies.putIfAbsent(
          each.module() + "." + each.name(),
          new Dependency(service, each.name(), async, each.offset().value()));
    }
  }

  private static String hint(Import each) {
    Abi abi = Abi.table();
    List<AbiFunction> siblings = abi.of(each.module());
    if (!siblings.isEmpty()) {
      List<String> names = siblings.stream().map(AbiFunction::name).toList();
      return Nearest.to(each.name(), names)
          .map(name -> "Did you mean `" + each.module() + "`.`" + name + "`?")
          .orElseGet(() -> Nearest.hint(each.name(), names));
    }
    if (each.module().equals("env")) {
      return each.name().equals("abort")
          ? "AssemblyScript leaves it out with `--use abort=`."
          : "`env` is where linkers put functions that they didn't find: link it, or name its"
              + " import module.";
    }
    if (each.module().startsWith("wasi:")) {
      return "That is an interface of components: build for WASI preview 1 (wasm32-wasip1).";
    }
    return Nearest.to(each.module(), abi.modules())
        .map(module -> "Did you mean `" + module + "`.`" + each.name() + "`?")
        .orElse("Modules import from parigot:… and " + Abi.WASI + ".");
  }

  private void violate(Import each, String what, String next) {
    violations.add(new Violation(Place.in(SectionId.IMPORT, each.offset().value()), what, next));
  }

  private static String shown(Import each) {
    return "`" + each.module() + "`.`" + each.name() + "`";
  }
}
