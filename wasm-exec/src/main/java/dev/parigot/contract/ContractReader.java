package dev.parigot.contract;

import static java.util.stream.Collectors.toSet;

import dev.parigot.contract.Contract.Kind;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Place;
import dev.parigot.wasm.SectionId;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a module is from what it exports, and leaves its imports to {@link ImportReader}. */
final class ContractReader {
  static final FunctionType METHOD =
      new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I64));
  private static final FunctionType ALLOCATE =
      new FunctionType(List.of(ValueType.I32), List.of(ValueType.I32));
  private static final FunctionType FREE =
      new FunctionType(List.of(ValueType.I32, ValueType.I32), List.of());
  private static final FunctionType NOTHING = new FunctionType(List.of(), List.of());

  private static final String MEMORY_EXPORT = "memory";
  private static final String ALLOCATE_EXPORT = "parigot_alloc";
  private static final String FREE_EXPORT = "parigot_free";
  private static final String INITIALIZE_EXPORT = "_initialize";
  private static final String START_EXPORT = "_start";

  private final WasmModule module;
  private final Role role;
  private final List<Violation> violations = new ArrayList<>();

  ContractReader(WasmModule module, Role role) {
    this.module = module;
    this.role = role;
  }

  Contract read() {
    List<Method> methods = methods();
    boolean hasRoom = exportsMemory() && exports(ALLOCATE_EXPORT, ALLOCATE);
    Kind kind = kind(hasRoom, methods);
    checkSpecialExports();
    if (kind == Kind.PLAIN) {
      checkNearMisses(methods);
    }
    if (kind != Kind.PLAIN) {
      checkAddresses(kind);
    }
    if (role == Role.TEST) {
      checkTests(kind, methods);
    }
    ImportReader imports = new ImportReader(module, kind, role, hasRoom, violations);
    imports.read();
    if (!violations.isEmpty()) {
      violations.sort(Comparator.comparingLong(Violation::offset));
      throw new ContractViolated(violations);
    }
    return new Contract(
        kind,
        kind == Kind.SERVICE ? methods : kind == Kind.PLAIN ? callable() : List.of(),
        kind == Kind.PLAIN ? notCallable() : List.of(),
        imports.dependencies(),
        imports.capabilities(),
        module.export(INITIALIZE_EXPORT).isPresent());
  }

  private Kind kind(boolean hasRoom, List<Method> methods) {
    if (hasRoom && !methods.isEmpty()) {
      return Kind.SERVICE;
    }
    return module.export(START_EXPORT).isPresent() ? Kind.COMMAND : Kind.PLAIN;
  }

  private boolean exportsMemory() {
    return module.export(MEMORY_EXPORT).map(Export::kind).equals(Optional.of(ExternalKind.MEMORY));
  }

  private boolean exports(String name, FunctionType type) {
    return module.exportedFunction(name).equals(Optional.of(type));
  }

  private List<Method> methods() {
    return functionExports()
        .filter(each -> each.type().equals(METHOD) && Names.isMethod(each.name()))
        .toList();
  }

  private Stream<Method> functionExports() {
    List<FunctionType> types = functionTypes();
    return module.exports().stream()
        .filter(each -> each.kind() == ExternalKind.FUNCTION)
        .map(each -> new Method(each.name(), types.get(each.index())));
  }

  private List<FunctionType> functionTypes() {
    List<FunctionType> types = new ArrayList<>();
    module
        .imports()
        .forEach(each -> {
          if (each.type() instanceof ExternalType.OfFunction function) {
            types.add(module.types().get(function.type()));
          }
        });
    module.functions().forEach(each -> types.add(module.types().get(each.type())));
    return types;
  }

  private List<Method> callable() {
    return functionExports()
        .filter(each -> takesNumbers(each.type()) && !each.name().equals(INITIALIZE_EXPORT))
        .toList();
  }

  private List<String> notCallable() {
    Set<String> callable = callable().stream().map(Method::name).collect(toSet());
    return module.exports().stream()
        .map(Export::name)
        .filter(name -> !callable.contains(name) && !name.equals(INITIALIZE_EXPORT))
        .toList();
  }

  private static boolean takesNumbers(FunctionType type) {
    return type.params().stream().allMatch(ValueType::isNumber)
        && type.results().stream().allMatch(ValueType::isNumber);
  }

  private void checkSpecialExports() {
    checkType(INITIALIZE_EXPORT, NOTHING);
    checkType(START_EXPORT, NOTHING);
    checkType(ALLOCATE_EXPORT, ALLOCATE);
    checkType(FREE_EXPORT, FREE);
  }

  private void checkType(String name, FunctionType expected) {
    module
        .export(name)
        .filter(export -> !exports(name, expected))
        .ifPresent(export ->
            violate(
                export,
                "the export `" + name + "` has the type " + typeOf(export),
                "It must be a function of type " + expected + "."));
  }

  private String typeOf(Export export) {
    return module
        .exportedFunction(export.name())
        .map(FunctionType::toString)
        .orElse(export.kind().toString());
  }

  /** A module with exports of a service that is none was surely meant to be one. */
  private void checkNearMisses(List<Method> methods) {
    List<Export> meant =
        module.exports().stream().filter(each -> each.name().startsWith("parigot_")).toList();
    if (meant.isEmpty()) {
      return;
    }
    List<String> missing = new ArrayList<>();
    if (!exportsMemory()) {
      missing.add("an exported memory named `memory`");
    }
    if (!exports(ALLOCATE_EXPORT, ALLOCATE)) {
      missing.add("`" + ALLOCATE_EXPORT + "` of type " + ALLOCATE);
    }
    if (methods.isEmpty()) {
      missing.add("a method: an exported function of type " + METHOD);
    }
    String also = nearMethods();
    violate(
        meant.getFirst(),
        "the export `" + meant.getFirst().name() + "` is that of a service, but this is none",
        "It lacks " + String.join("; ", missing) + "." + (methods.isEmpty() ? also : ""));
  }

  /** The pointers of the ABI have 32 bits. */
  private void checkAddresses(Kind kind) {
    module.memories().stream()
        .filter(ExternalType.OfMemory::isWide)
        .map(each ->
            new Violation(
                Place.in(SectionId.MEMORY, each.offset().value()),
                "a 64-bit memory in a " + word(kind),
                "Its pointers have 32 bits: build it for wasm32, not wasm64."))
        .forEach(violations::add);
  }

  private String nearMethods() {
    return functionExports()
        .filter(each -> Names.isMethod(each.name()))
        .findFirst()
        .map(each -> " `" + each.name() + "` is " + each.type() + ".")
        .orElse("");
  }

  private void checkTests(Kind kind, List<Method> methods) {
    if (kind != Kind.SERVICE) {
      violations.add(
          new Violation(
              null,
              "a test module must be a service, but this is a " + word(kind),
              "It exports `memory`, `parigot_alloc` and methods whose names begin with `test`."));
    } else if (methods.stream().noneMatch(each -> each.name().startsWith("test"))) {
      violations.add(
          new Violation(
              null,
              "the test module has no test",
              "Tests are methods whose names begin with `test`; it has "
                  + String.join(", ", methods.stream().map(Method::name).toList())
                  + "."));
    }
  }

  private void violate(Export export, String what, String next) {
    violations.add(new Violation(Place.in(SectionId.EXPORT, export.offset().value()), what, next));
  }

  static String word(Kind kind) {
    return switch (kind) {
      case SERVICE -> "service";
      case COMMAND -> "command";
      case PLAIN -> "plain module";
    };
  }
}
