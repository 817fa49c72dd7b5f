package dev.parigot.wasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the binary format. Checks its structure and every index, but no types of values: that is
 * left to {@link WasmValidator}.
 */
public final class WasmReader {
  private static final int MAGIC = 0x0061736d;
  private static final int CUSTOM = 0;
  private static final int TAG = 13;
  private static final String FILE = "file";

  private final byte[] file;
  private final Input in;
  private final TypeReader typeReader = new TypeReader();
  private final Indices indices = new Indices();
  private final InstructionWalker walker =
      new InstructionWalker(indices, typeReader, (_, _, _) -> {});

  private final Locals locals = new Locals();

  private final List<FunctionType> types = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<Integer> definedTypes = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private final List<ExternalType.OfTable> tables = new ArrayList<>();
  private final List<ExternalType.OfMemory> memories = new ArrayList<>();
  private final List<Global> globals = new ArrayList<>();
  private final List<Export> exports = new ArrayList<>();
  private @Nullable Integer start;
  private final List<ElementSegment> elements = new ArrayList<>();
  private final List<DataSegment> data = new ArrayList<>();
  private boolean dataCount;
  private final List<CustomSection> customs = new ArrayList<>();

  /** The last section that was read, custom ones left out. */
  private @Nullable SectionId last;

  /** The last one that held anything: where a custom section is found again once written. */
  private @Nullable SectionId lastFilled;

  private int elementsLeft = ModuleLimits.ELEMENTS;
  private int localsLeft = ModuleLimits.ALL_LOCALS;

  private WasmReader(byte[] file) {
    this.file = file;
    in = new Input(file);
  }

  /**
   * Reads a module. Its parts look into {@code file}, which must not be changed afterwards.
   *
   * @throws MalformedWasm if it is none, or one that the engine can't run
   */
  public static WasmModule read(byte[] file) {
    return new WasmReader(file).module();
  }

  private WasmModule module() {
    header();
    while (!in.atEnd()) {
      section();
    }
    if (functions.size() != definedTypes.size()) {
      throw new MalformedWasm(
          in.offset(), definedTypes.size() + " functions are declared, but there is no code");
    }
    if (dataCount && data.isEmpty() && indices.count(IndexSpace.DATA) > 0) {
      throw wrongDataCount(in.offset(), 0);
    }
    return readSoFar();
  }

  private WasmModule readSoFar() {
    return new WasmModule(
        types, imports, functions, tables, memories, globals, exports, start, elements, data,
        dataCount, customs);
  }

  private void header() {
    if (in.remaining() < 8 || bigEndian() != MAGIC) {
      throw noModule();
    }
    int version = bigEndian();
    if (version == 0x01000000) {
      return;
    }
    if ((version & 0xffff) == 0x0100) {
      throw new MalformedWasm(
          4,
          "this is a component, not a core module",
          "Build for wasm32-wasip1 or wasm32-unknown-unknown, without a step that makes components,"
              + " such as `wasm-tools component new`, cargo-component or a wasip2 target.");
    }
    throw new MalformedWasm(4, "unknown version of the binary format; it should be 1");
  }

  private MalformedWasm noModule() {
    if (file.length == 0) {
      return new MalformedWasm(0, "the file is empty", "Look at what the build said.");
    }
    int length = Math.min(file.length, 100);
    String begin = new String(file, 0, length, StandardCharsets.ISO_8859_1).stripLeading();
    if (begin.startsWith("version https://git-lfs")) {
      return new MalformedWasm(
          0,
          "this is a pointer of Git LFS, not the WASM file itself",
          "Push the file: `git lfs untrack` it, and add it again.");
    }
    if (begin.startsWith("(") || begin.startsWith(";;")) {
      return new MalformedWasm(
          0, "this is WebAssembly's text format", "Make it binary: `wat2wasm FILE -o FILE.wasm`.");
    }
    return new MalformedWasm(
        0,
        "this is no WASM file: it doesn't begin with \\0asm",
        "Name the file that the compiler or linker wrote.");
  }

  private int bigEndian() {
    return in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8();
  }

  private void section() {
    int at = in.offset();
    int code = in.u8();
    if (code == TAG) {
      throw Proposals.lacking(at, "the tag section", "exceptions");
    }
    SectionId id = code == CUSTOM ? null : inOrder(at, code);
    String name = id == null ? "custom section" : id.title();
    try {
      int outer = in.enter(in.length(name), name);
      section(at, id);
      in.leave(outer, FILE);
    } catch (MalformedWasm malformed) {
      throw malformed.in(name);
    }
  }

  private void section(int at, @Nullable SectionId id) {
    if (id == null) {
      custom(at);
      return;
    }
    if (content(id)) {
      lastFilled = id;
    }
    last = id;
  }

  private SectionId inOrder(int at, int code) {
    for (SectionId id : SectionId.values()) {
      if (id.code() == code) {
        if (last != null && id.compareTo(last) <= 0) {
          throw new MalformedWasm(
              at,
              id == last
                  ? "there is a second " + id + " section"
                  : "the " + id + " section must not follow the " + last + " section");
        }
        return id;
      }
    }
    throw new MalformedWasm(at, "unknown section " + code);
  }

  private void custom(int at) {
    if (customs.size() == ModuleLimits.CUSTOM_SECTIONS) {
      throw new MalformedWasm(
          at, "custom sections are more than the limit of " + ModuleLimits.CUSTOM_SECTIONS);
    }
    String name = in.name();
    Offset offset = new Offset(in.offset());
    customs.add(new CustomSection(name, in.bytes(in.remaining()), lastFilled, offset));
  }

  /** Reads the content of a section; answers whether it held anything. */
  private boolean content(SectionId id) {
    return switch (id) {
      case TYPE -> all(types, "types", ModuleLimits.TYPES, 2, this::type);
      case IMPORT -> all(imports, "imports", ModuleLimits.IMPORTS, 4, this::imported);
      case FUNCTION ->
          all(definedTypes, "functions", ModuleLimits.FUNCTIONS, 1, this::definedFunction);
      case TABLE -> all(tables, "tables", ModuleLimits.TABLES, 3, this::table);
      case MEMORY -> all(memories, "memories", ModuleLimits.MEMORIES, 2, this::memory);
      case GLOBAL -> all(globals, "globals", ModuleLimits.GLOBALS, 3, this::global);
      case EXPORT -> exports();
      case START -> start();
      case ELEMENT ->
          all(elements, "element segments", ModuleLimits.ELEMENT_SEGMENTS, 2, this::element);
      case DATA_COUNT -> dataCount();
      case CODE -> code();
      case DATA -> data();
    };
  }

  private <T> boolean all(List<T> into, String things, int most, int size, Supplier<T> each) {
    int count = in.count(things, most, size);
    for (int i = 0; i < count; i++) {
      into.add(each.get());
    }
    return count > 0;
  }

  private FunctionType type() {
    FunctionType type = typeReader.functionType(in);
    indices.add(IndexSpace.TYPE);
    return type;
  }

  private Import imported() {
    Offset offset = new Offset(in.offset());
    String module = in.name();
    String name = in.name();
    return new Import(module, name, externalType(), offset);
  }

  private ExternalType externalType() {
    int at = in.offset();
    int kind = in.u8();
    return switch (kind) {
      case 0 -> new ExternalType.OfFunction(functionOfType());
      case 1 -> table();
      case 2 -> memory();
      case 3 -> {
        ExternalType.OfGlobal global = typeReader.global(in);
        indices.add(IndexSpace.GLOBAL);
        yield global;
      }
      case 4 -> throw Proposals.lacking(at, "the import of a tag", "exceptions");
      default -> throw new MalformedWasm(at, "unknown kind of import " + kind);
    };
  }

  private int functionOfType() {
    int type = index(IndexSpace.TYPE);
    functionTypes.add(type);
    indices.add(IndexSpace.FUNCTION);
    return type;
  }

  private Integer definedFunction() {
    return functionOfType();
  }

  private ExternalType.OfTable table() {
    ExternalType.OfTable table = typeReader.table(in);
    indices.add(IndexSpace.TABLE);
    return table;
  }

  private ExternalType.OfMemory memory() {
    ExternalType.OfMemory memory = typeReader.memory(in);
    indices.addMemory(memory.isWide());
    return memory;
  }

  private Global global() {
    ExternalType.OfGlobal type = typeReader.global(in);
    Expression initial = constant();
    indices.add(IndexSpace.GLOBAL);
    return new Global(type, initial);
  }

  private boolean exports() {
    Set<String> names = new HashSet<>();
    return all(exports, "exports", ModuleLimits.EXPORTS, 3, () -> export(names));
  }

  private Export export(Set<String> names) {
    int at = in.offset();
    String name = in.name();
    if (!names.add(name)) {
      throw new MalformedWasm(at, "a second export is named \"" + name + "\"");
    }
    int kindAt = in.offset();
    int kind = in.u8();
    if (kind == 4) {
      throw Proposals.lacking(kindAt, "the export of a tag", "exceptions");
    }
    if (kind > 4) {
      throw new MalformedWasm(kindAt, "unknown kind of export " + kind);
    }
    ExternalKind external = ExternalKind.values()[kind];
    int index = index(IndexSpace.valueOf(external.name()));
    return new Export(name, external, index, new Offset(at));
  }

  private boolean start() {
    int at = in.offset();
    int function = index(IndexSpace.FUNCTION);
    FunctionType type = types.get(functionTypes.get(function));
    if (!type.params().isEmpty() || !type.results().isEmpty()) {
      throw new MalformedWasm(at, "the start function has the type " + type + ", not ()");
    }
    start = function;
    return true;
  }

  private boolean dataCount() {
    indices.countData(in.u32());
    dataCount = true;
    return true;
  }

  /** Flag 1: not active; 2: declarative, or names its table; 4: expressions, not indices. */
  private ElementSegment element() {
    int at = in.offset();
    long flags = in.u32();
    if (flags > 7) {
      throw new MalformedWasm(at, "unknown kind of element segment " + flags);
    }
    boolean expressions = (flags & 4) != 0;
    ElementSegment.Mode mode = elementMode((int) flags & 3);
    ValueType type = ValueType.FUNCREF;
    if ((flags & 3) != 0) {
      type = expressions ? typeReader.referenceType(in) : elementKind();
    }
    ElementSegment.Items items =
        expressions
            ? new ElementSegment.Items.Expressions(elements(2, this::constant))
            : new ElementSegment.Items.Functions(elements(1, () -> index(IndexSpace.FUNCTION)));
    indices.add(IndexSpace.ELEMENT);
    return new ElementSegment(mode, type, items);
  }

  private ElementSegment.Mode elementMode(int flags) {
    return switch (flags) {
      case 1 -> new ElementSegment.Mode.Passive();
      case 3 -> new ElementSegment.Mode.Declarative();
      default -> {
        int at = in.offset();
        int table = flags == 2 ? index(IndexSpace.TABLE) : 0;
        indices.index(IndexSpace.TABLE, table, at);
        yield new ElementSegment.Mode.Active(table, constant());
      }
    };
  }

  private ValueType elementKind() {
    int at = in.offset();
    int kind = in.u8();
    if (kind != 0) {
      throw new MalformedWasm(at, "unknown kind of element " + kind);
    }
    return ValueType.FUNCREF;
  }

  private <T> List<T> elements(int size, Supplier<T> each) {
    List<T> items = new ArrayList<>();
    all(items, "elements", elementsLeft, size, each);
    elementsLeft -= items.size();
    return items;
  }

  private boolean code() {
    int at = in.offset();
    int count = in.count("function bodies", ModuleLimits.FUNCTIONS, 3);
    if (count != definedTypes.size()) {
      throw new MalformedWasm(
          at, definedTypes.size() + " functions are declared, but " + count + " have code");
    }
    for (int i = 0; i < count; i++) {
      try {
        functions.add(function(definedTypes.get(i)));
      } catch (MalformedWasm malformed) {
        int index = functionTypes.size() - count + i;
        throw malformed.within(FunctionNames.ofBroken(readSoFar(), file).name(index));
      }
    }
    return count > 0;
  }

  private Function function(int type) {
    int at = in.offset();
    int size = in.length("function");
    if (size > ModuleLimits.FUNCTION_SIZE) {
      throw new MalformedWasm(
          at,
          "a function of " + size + " bytes is over the limit of " + ModuleLimits.FUNCTION_SIZE);
    }
    int from = in.offset();
    int outer = in.enter(size, "function");
    locals.read(in, typeReader);
    localsLeft -= locals.count();
    if (localsLeft < 0) {
      throw new MalformedWasm(
          from,
          "up to here, functions have more locals than the limit of "
              + ModuleLimits.ALL_LOCALS
              + " in all");
    }
    indices.set(IndexSpace.LOCAL, types.get(type).params().size() + locals.count());
    walker.walk(in);
    in.leave(outer, "code section");
    return new Function(type, new Expression(in.since(from), new Offset(from)));
  }

  private boolean data() {
    int at = in.offset();
    boolean filled = all(data, "data segments", ModuleLimits.DATA_SEGMENTS, 2, this::dataSegment);
    if (dataCount && data.size() != indices.count(IndexSpace.DATA)) {
      throw wrongDataCount(at, data.size());
    }
    return filled;
  }

  private MalformedWasm wrongDataCount(int at, int count) {
    return new MalformedWasm(
        at, indices.count(IndexSpace.DATA) + " data segments are declared, but there are " + count);
  }

  private DataSegment dataSegment() {
    int at = in.offset();
    long flags = in.u32();
    if (flags > 2) {
      throw new MalformedWasm(at, "unknown kind of data segment " + flags);
    }
    DataSegment.Mode mode;
    if (flags == 1) {
      mode = new DataSegment.Mode.Passive();
    } else {
      int memory = flags == 2 ? index(IndexSpace.MEMORY) : 0;
      indices.index(IndexSpace.MEMORY, memory, at);
      mode = new DataSegment.Mode.Active(memory, constant());
    }
    return new DataSegment(mode, in.bytes(in.length("data segment")));
  }

  private Expression constant() {
    int from = in.offset();
    walker.walkConstant(in);
    return new Expression(in.since(from), new Offset(from));
  }

  private int index(IndexSpace space) {
    int at = in.offset();
    long index = in.u32();
    indices.index(space, index, at);
    return (int) index;
  }
}
