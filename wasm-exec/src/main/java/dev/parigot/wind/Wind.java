package dev.parigot.wind;

import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Dependency;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.CustomSection;
import dev.parigot.wasm.DataSegment;
import dev.parigot.wasm.ElementSegment;
import dev.parigot.wasm.Export;
import dev.parigot.wasm.Expression;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Function;
import dev.parigot.wasm.FunctionNames;
import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.Global;
import dev.parigot.wasm.IndexSpace;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.Renumbering;
import dev.parigot.wasm.Renumbering.Shift;
import dev.parigot.wasm.SectionId;
import dev.parigot.wasm.ValueType;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Merges parts into one module. The same parts always give the same bytes. */
public final class Wind {
  private static final FunctionType INITIALIZE = new FunctionType(List.of(), List.of());

  /** What has a part of its own in an instance's life, and is not called from outside. */
  private static final Set<String> NOT_EXPORTED = Set.of(Initialization.NAME, "_start");

  private final Layout layout;
  private final SortedMap<Integer, Function> functions = new TreeMap<>();
  private final SortedMap<Integer, WindMap.Function> origins = new TreeMap<>();
  private final SortedMap<Integer, String> names = new TreeMap<>();
  private final List<ExternalType.OfTable> tables = new ArrayList<>();
  private final List<ExternalType.OfMemory> memories = new ArrayList<>();
  private final List<Global> globals = new ArrayList<>();
  private final List<Export> exports = new ArrayList<>();
  private final List<ElementSegment> elements = new ArrayList<>();
  private final List<DataSegment> data = new ArrayList<>();
  private final List<Integer> unexported = new ArrayList<>();

  private final List<Part> commands;

  private Wind(List<Part> parts, Options options) {
    this.layout = new Layout(parts.stream().filter(part -> !isCommand(part)).toList(), options);
    this.commands = parts.stream().filter(Wind::isCommand).toList();
  }

  private static boolean isCommand(Part part) {
    return part.contract().kind() == Kind.COMMAND;
  }

  /** Winds parts by default. */
  public static Wound wind(List<Part> parts) {
    return wind(parts, Options.DEFAULT);
  }

  /**
   * Winds parts. Calls to services that are not among them stay imports.
   *
   * @param parts each after those that it calls and waits for, as the app's graph orders them, with
   *     names of their own; commands, which have a memory of their own for each run, are only
   *     listed
   * @throws CannotWind if together they are more than one module may be
   */
  public static Wound wind(List<Part> parts, Options options) {
    check(parts);
    return new Wind(parts, options).wind();
  }

  private static void check(List<Part> parts) {
    Set<String> before = new HashSet<>();
    Set<String> all = parts.stream().map(Part::name).collect(Collectors.toSet());
    for (Part part : parts) {
      for (Dependency call : part.contract().dependencies()) {
        if (!call.async() && all.contains(call.service()) && !before.contains(call.service())) {
          throw new IllegalArgumentException(part.name() + " stands before " + call.service());
        }
      }
      if (!before.add(part.name())) {
        throw new IllegalArgumentException("two parts have the name " + part.name());
      }
    }
  }

  private Wound wind() {
    layout.places().forEach(this::add);
    layout.memoryOrder().forEach(place -> memories.addAll(place.part().module().memories()));
    if (!unexported.isEmpty()) {
      // Code may refer to them only if something else of the module does.
      elements.add(
          new ElementSegment(
              new ElementSegment.Mode.Declarative(),
              ValueType.FUNCREF,
              new ElementSegment.Items.Functions(unexported)));
    }
    addCalls();
    WasmModule module =
        new WasmModule(
            layout.types(),
            layout.imports(),
            List.copyOf(functions.values()),
            tables,
            memories,
            globals,
            exports,
            null,
            elements,
            data,
            !data.isEmpty(),
            List.of(section(), FunctionNames.section(names)));
    byte[] bytes = WasmWriter.write(module);
    return new Wound(bytes, map(bytes));
  }

  private void add(Layout.Place place) {
    WasmModule module = place.part().module();
    Renumbering renumbering = new Renumbering(place);
    addFunctions(place, renumbering);
    tables.addAll(module.tables());
    for (Global each : module.globals()) {
      globals.add(new Global(each.type(), renumbering.constant(each.initial())));
    }
    for (Export each : module.exports()) {
      int index = place.number(Layout.space(each.kind()), each.index());
      if (each.kind() == ExternalKind.FUNCTION && NOT_EXPORTED.contains(each.name())) {
        unexported.add(index);
      } else {
        export(place.part().name() + "." + each.name(), each.kind(), index);
      }
    }
    module.elements().forEach(each -> elements.add(element(each, place, renumbering)));
    module.data().forEach(each -> data.add(data(each, place, renumbering)));
  }

  private void export(String name, ExternalKind kind, int index) {
    exports.add(new Export(name, kind, index, Offset.NONE));
  }

  private void addFunctions(Layout.Place place, Renumbering renumbering) {
    Part part = place.part();
    FunctionNames known = FunctionNames.of(part.module());
    int index = part.module().imported(ExternalKind.FUNCTION);
    for (Function each : part.module().functions()) {
      Renumbering.Renumbered moved = renumbering.function(each.code());
      int type = place.number(IndexSpace.TYPE, each.type());
      String name = part.name() + "." + known.name(index);
      int number = place.function(index);
      functions.put(number, new Function(type, moved.code()));
      origins.put(
          number,
          new WindMap.Function(
              number,
              name,
              0,
              new WindMap.Origin(
                  part.name(), index, each.code().offset().value(), shifts(moved.shifts()))));
      known.find(index).ifPresent(_ -> names.put(number, name));
      index++;
    }
  }

  private static List<Integer> shifts(List<Shift> shifts) {
    return shifts.stream().flatMap(shift -> Stream.of(shift.to(), shift.from())).toList();
  }

  private static ElementSegment element(
      ElementSegment each, Layout.Place place, Renumbering renumbering) {
    ElementSegment.Mode mode =
        each.mode() instanceof ElementSegment.Mode.Active active
            ? new ElementSegment.Mode.Active(
                place.number(IndexSpace.TABLE, active.table()), renumbering.constant(active.at()))
            : each.mode();
    ElementSegment.Items items =
        switch (each.items()) {
          case ElementSegment.Items.Functions(var indices) ->
              new ElementSegment.Items.Functions(indices.stream().map(place::function).toList());
          case ElementSegment.Items.Expressions(var expressions) ->
              new ElementSegment.Items.Expressions(
                  expressions.stream().map(renumbering::constant).toList());
        };
    return new ElementSegment(mode, each.type(), items);
  }

  private static DataSegment data(DataSegment each, Layout.Place place, Renumbering renumbering) {
    DataSegment.Mode mode =
        each.mode() instanceof DataSegment.Mode.Active active
            ? new DataSegment.Mode.Active(
                place.number(IndexSpace.MEMORY, active.memory()), renumbering.constant(active.at()))
            : each.mode();
    return new DataSegment(mode, each.bytes());
  }

  /** Adds what no part had: the calls between parts, their errors, and the initialization. */
  private void addCalls() {
    int state = layout.imported(IndexSpace.GLOBAL) + globals.size();
    Messages messages = new Messages();
    Thunks thunks = new Thunks(layout, messages, data.size(), state);
    layout
        .thunks()
        .forEach((edge, index) -> add(index, Thunks.CALL, thunks.call(edge), edge.name()));
    thunks
        .helpers()
        .made()
        .forEach((index, each) -> add(index, each.type(), each.code(), each.name()));
    int initialize = layout.addFunction();
    add(
        initialize,
        INITIALIZE,
        Initialization.function(layout.places(), state),
        Initialization.NAME);
    export(Initialization.NAME, ExternalKind.FUNCTION, initialize);
    globals.add(Initialization.state());
    if (!layout.thunks().isEmpty()) {
      data.add(new DataSegment(new DataSegment.Mode.Passive(), messages.segment()));
    }
  }

  private void add(int index, FunctionType type, Expression code, String name) {
    functions.put(index, new Function(layout.type(type), code));
    names.put(index, name);
    origins.put(index, new WindMap.Function(index, name, 0, null));
  }

  private CustomSection section() {
    return new CustomSection(
        Description.SECTION,
        Bytes.ofText(Description.of(layout, commands)),
        SectionId.DATA,
        Offset.NONE);
  }

  /** What was written; it is over a limit if it can't be read. */
  private static WasmModule read(byte[] bytes) {
    try {
      return WasmReader.read(bytes);
    } catch (MalformedWasm e) {
      throw new CannotWind(e);
    }
  }

  /** With the offsets that the code came to have. */
  private WindMap map(byte[] bytes) {
    List<Function> written = read(bytes).functions();
    List<WindMap.Function> placed = new ArrayList<>();
    for (WindMap.Function each : origins.values()) {
      long offset = written.get(placed.size()).code().offset().value();
      placed.add(new WindMap.Function(each.index(), each.name(), offset, each.origin()));
    }
    Map<String, String> digests = new LinkedHashMap<>();
    layout.places().forEach(place -> digests.put(place.part().name(), place.part().digest()));
    return new WindMap(digests, placed);
  }
}
