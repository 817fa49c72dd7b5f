package dev.parigot.wind;

import dev.parigot.contract.Abi;
import dev.parigot.contract.Dependency;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.FunctionUses;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.IndexSpace;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.Renumbering;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of the parts lies in the wound module. In each index space the imports of all
 * parts come first, as the format wants it, then what the parts define, part by part, functions
 * that code names often ahead of the others; the functions that winding adds come last.
 */
final class Layout {
  /** What is told of the calls between parts: no import of theirs, so it names no service. */
  private static final String TRACE = "parigot:trace";

  /** Bytes of code for each access to memory, in modules of C, Rust and Go. */
  private static final int CODE_PER_ACCESS = 17;

  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<FunctionType, Integer> types = new LinkedHashMap<>();
  private final List<Import> imports = new ArrayList<>();
  private final Map<Edge, Integer> thunks = new LinkedHashMap<>();
  private final int[] importCounts = new int[IndexSpace.values().length];
  private final Map<Edge, Integer> numbers = new HashMap<>();
  private final @Nullable Trace trace;
  private int functions;

  /** A call between parts that becomes a call of a function. */
  record Edge(String from, String to, String method) {
    String name() {
      return from + "->" + to + "." + method;
    }
  }

  /**
   * A call that a part can make.
   *
   * @param wound whether it became a call of a function
   */
  record Call(String from, Dependency to, boolean wound) {
    private Edge edge() {
      return new Edge(from, to.service(), to.method());
    }
  }

  /**
   * A function that a part defines.
   *
   * @param index among those that the part defines
   * @param uses how often the part's code names it
   * @param position among those of all parts
   */
  private record Defined(Place place, int index, int uses, int position) {}

  /** The imports that are told of calls between parts, by their indices. */
  record Trace(int enter, int exit) {}

  Layout(List<Part> parts, Options options) {
    parts.forEach(part -> places.put(part.name(), new Place(part)));
    places.values().forEach(Place::imports);
    trace = options.trace() && !thunks.isEmpty() ? addTrace() : null;
    List<Call> calls = calls();
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).wound()) {
        numbers.put(calls.get(i).edge(), i);
      }
    }
    int[] next = importCounts.clone();
    places.values().forEach(place -> place.define(next));
    memoryOrder().forEach(place -> place.defineMemories(next));
    functions = importCounts[IndexSpace.FUNCTION.ordinal()];
    functionOrder().forEach(each -> each.place.functions[each.index] = functions++);
    thunks.replaceAll((_, _) -> functions++);
  }

  /**
   * In the order of their indices: those that code names most get the indices that take one byte,
   * the next ones those that take two, and so on. Among those whose indices are of one length, the
   * parts' order stays.
   */
  private List<Defined> functionOrder() {
    List<Defined> order = new ArrayList<>();
    places.values().forEach(place -> place.addFunctions(order));
    order.sort(Comparator.comparingInt(Defined::uses).reversed());
    int from = 0;
    for (int bits = 7; from < order.size(); bits += 7) {
      int to = Math.clamp((1L << bits) - functions, from, order.size());
      order.subList(from, to).sort(Comparator.comparingInt(Defined::position));
      from = to;
    }
    return order;
  }

  private Trace addTrace() {
    int first = importCounts[IndexSpace.FUNCTION.ordinal()];
    List<ValueType> edge = List.of(ValueType.I32);
    List<ValueType> edgeAndCode = List.of(ValueType.I32, ValueType.I32);
    add(imported(TRACE, "enter", new FunctionType(edge, List.of())));
    add(imported(TRACE, "exit", new FunctionType(edgeAndCode, List.of())));
    return new Trace(first, first + 1);
  }

  private Import imported(String module, String name, FunctionType type) {
    return new Import(module, name, new ExternalType.OfFunction(type(type)), Offset.NONE);
  }

  /** Adds an import, and answers its index. */
  private int add(Import each) {
    imports.add(each);
    return importCounts[space(each.type().kind()).ordinal()]++;
  }

  List<Place> places() {
    return List.copyOf(places.values());
  }

  Place place(String part) {
    return Objects.requireNonNull(places.get(part));
  }

  /**
   * In the order of their memories: what accesses its memory most gets the first one, which code
   * and data name for nothing.
   */
  List<Place> memoryOrder() {
    return places.values().stream()
        .sorted(Comparator.comparingLong(Place::weight).reversed())
        .toList();
  }

  /** What the wound module imports. */
  List<Import> imports() {
    return imports;
  }

  /** How many imports the wound module has of what that space counts. */
  int imported(IndexSpace space) {
    return importCounts[space.ordinal()];
  }

  /** The calls that parts can make, each once, in the parts' order. */
  List<Call> calls() {
    return places.values().stream()
        .flatMap(place -> place.part.contract().dependencies().stream().map(place::call))
        .toList();
  }

  /** The place of an edge among {@link #calls()}. */
  int number(Edge edge) {
    return Objects.requireNonNull(numbers.get(edge));
  }

  Optional<Trace> trace() {
    return Optional.ofNullable(trace);
  }

  /** The calls between parts, with the indices of the functions that make them. */
  Map<Edge, Integer> thunks() {
    return thunks;
  }

  /** The index of one more function, after all that have one. */
  int addFunction() {
    return functions++;
  }

  /** The index of a type, which is added if it is new. */
  int type(FunctionType type) {
    return types.computeIfAbsent(type, _ -> types.size());
  }

  /** All types, by index. */
  List<FunctionType> types() {
    return List.copyOf(types.keySet());
  }

  /** The things of a part that imports of that kind stand for. */
  static IndexSpace space(ExternalKind kind) {
    return switch (kind) {
      case FUNCTION -> IndexSpace.FUNCTION;
      case TABLE -> IndexSpace.TABLE;
      case MEMORY -> IndexSpace.MEMORY;
      case GLOBAL -> IndexSpace.GLOBAL;
    };
  }

  /** Where the things of one part lie. */
  final class Place implements Renumbering.Numbers {
    private final Part part;
    private final int[] typeNumbers;
    private final int[] functions;

    /** What the imports of each space became; an edge is a number below zero until it has one. */
    private final Map<IndexSpace, List<Integer>> imported = new HashMap<>();

    private final List<Edge> edges = new ArrayList<>();
    private final int[] first = new int[IndexSpace.values().length];
    private final Map<String, Export> exports = new HashMap<>();

    private Place(Part part) {
      this.part = part;
      this.typeNumbers = part.module().types().stream().mapToInt(Layout.this::type).toArray();
      this.functions = new int[part.module().functions().size()];
      part.module().exports().forEach(each -> exports.put(each.name(), each));
    }

    Part part() {
      return part;
    }

    private Call call(Dependency to) {
      return new Call(part.name(), to, !to.async() && places.containsKey(to.service()));
    }

    private void imports() {
      for (ExternalKind kind : ExternalKind.values()) {
        imported.put(space(kind), new ArrayList<>());
      }
      for (Import each : part.module().imports()) {
        List<Integer> numbers = numbers(space(each.type().kind()));
        String callee =
            each.module().startsWith(Abi.SERVICE)
                ? each.module().substring(Abi.SERVICE.length())
                : "";
        if (each.type() instanceof ExternalType.OfFunction && places.containsKey(callee)) {
          Edge edge = new Edge(part.name(), callee, each.name());
          thunks.putIfAbsent(edge, 0);
          edges.add(edge);
          numbers.add(-edges.size());
        } else {
          numbers.add(add(outside(each)));
        }
      }
    }

    private Import outside(Import each) {
      ExternalType type =
          each.type() instanceof ExternalType.OfFunction function
              ? new ExternalType.OfFunction(typeNumbers[function.type()])
              : each.type();
      return new Import(each.module() + "@" + part.name(), each.name(), type, each.offset());
    }

    private void define(int[] next) {
      System.arraycopy(next, 0, first, 0, next.length);
      WasmModule module = part.module();
      next[IndexSpace.TABLE.ordinal()] += module.tables().size();
      next[IndexSpace.GLOBAL.ordinal()] += module.globals().size();
      next[IndexSpace.ELEMENT.ordinal()] += module.elements().size();
      next[IndexSpace.DATA.ordinal()] += module.data().size();
    }

    private void addFunctions(List<Defined> all) {
      int[] uses = FunctionUses.of(part.module());
      int imports = uses.length - functions.length;
      for (int i = 0; i < functions.length; i++) {
        all.add(new Defined(this, i, uses[imports + i], all.size()));
      }
    }

    private void defineMemories(int[] next) {
      int memories = IndexSpace.MEMORY.ordinal();
      first[memories] = next[memories];
      next[memories] += part.module().memories().size();
    }

    /** How much of the part says which memory it means, unless that is the first one. */
    private long weight() {
      WasmModule module = part.module();
      long code = module.functions().stream().mapToLong(each -> each.code().bytes().length()).sum();
      return code + (long) module.data().size() * CODE_PER_ACCESS;
    }

    private List<Integer> numbers(IndexSpace space) {
      return imported.getOrDefault(space, List.of());
    }

    @Override
    public int number(IndexSpace space, int index) {
      if (space == IndexSpace.TYPE) {
        return typeNumbers[index];
      }
      List<Integer> numbers = numbers(space);
      if (index >= numbers.size()) {
        int defined = index - numbers.size();
        return space == IndexSpace.FUNCTION ? functions[defined] : first[space.ordinal()] + defined;
      }
      int number = numbers.get(index);
      return number < 0 ? Objects.requireNonNull(thunks.get(edges.get(-number - 1))) : number;
    }

    int function(int index) {
      return number(IndexSpace.FUNCTION, index);
    }

    boolean exports(String name) {
      return exports.containsKey(name);
    }

    /** The index in the wound module of what the part exports under that name. */
    int exported(String name) {
      Export export = Objects.requireNonNull(exports.get(name), name);
      return number(space(export.kind()), export.index());
    }
  }
}
