package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every module. */
class WasmModuleProperties {
  private static final int TYPES = 3;
  private static final Expression ZERO = code(0x41, 0x00, 0x0b);
  private static final Expression ZERO_WIDE = code(0x42, 0x00, 0x0b);

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(@ForAll("modules") WasmModule module) {
    byte[] file = WasmWriter.write(module);

    WasmModule read = WasmReader.read(file);

    assertThat(read).isEqualTo(module);
    assertThat(WasmWriter.write(read)).isEqualTo(file);
  }

  @Property(tries = 2000)
  void bytesAreAModuleOrMalformed(@ForAll byte[] bytes) {
    byte[] file = new byte[8 + bytes.length];
    System.arraycopy(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, 0, file, 0, 8);
    System.arraycopy(bytes, 0, file, 8, bytes.length);

    Reading.of(file);
  }

  @Provide
  Arbitrary<WasmModule> modules() {
    Arbitrary<List<FunctionType>> types = types().list().ofMinSize(TYPES).ofMaxSize(5);
    Arbitrary<List<Import>> imports = imports().list().ofMaxSize(5);
    Arbitrary<Own> own =
        Combinators.combine(
                functions().list().ofMinSize(1).ofMaxSize(4),
                tables().list().ofMinSize(1).ofMaxSize(3),
                memories().list().ofMinSize(1).ofMaxSize(3),
                globals().list().ofMaxSize(3),
                elements().list().ofMaxSize(4),
                data().list().ofMaxSize(4),
                Arbitraries.of(true, false),
                Arbitraries.strings().ofMaxLength(6).list().uniqueElements().ofMaxSize(6))
            .as(Own::new);
    return Combinators.combine(types, imports, own, customs()).as(WasmModuleProperties::module);
  }

  /** What a generated module defines. */
  private record Own(
      List<Function> functions,
      List<ExternalType.OfTable> tables,
      List<ExternalType.OfMemory> memories,
      List<Global> globals,
      List<ElementSegment> elements,
      List<DataSegment> data,
      boolean dataCount,
      List<String> exports) {}

  private static WasmModule module(
      List<FunctionType> types, List<Import> imports, Own own, List<CustomSection> customs) {
    List<Export> exports = new ArrayList<>();
    for (String name : own.exports) {
      ExternalKind kind = ExternalKind.values()[exports.size() % 3];
      exports.add(new Export(name, kind, 0, Offset.NONE));
    }
    return new WasmModule(
        types,
        imports,
        own.functions,
        own.tables,
        own.memories,
        own.globals,
        exports,
        null,
        own.elements,
        own.data,
        own.dataCount,
        customs);
  }

  private static Arbitrary<FunctionType> types() {
    Arbitrary<List<ValueType>> values = values().list().ofMaxSize(3);
    return Combinators.combine(values, values).as(FunctionType::new);
  }

  private static Arbitrary<ValueType> values() {
    return Arbitraries.of(ValueType.class);
  }

  private static Arbitrary<Import> imports() {
    Arbitrary<String> names = Arbitraries.strings().ofMaxLength(8);
    Arbitrary<ExternalType> things =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, TYPES - 1).map(ExternalType.OfFunction::new),
            tables().map(ExternalType.class::cast),
            memories().map(ExternalType.class::cast),
            globalTypes().map(ExternalType.class::cast));
    return Combinators.combine(names, names, things)
        .as((module, name, type) -> new Import(module, name, type, Offset.NONE));
  }

  private static Arbitrary<ExternalType.OfTable> tables() {
    return Combinators.combine(
            Arbitraries.of(ValueType.FUNCREF, ValueType.EXTERNREF), limits((1L << 32) - 1))
        .as(ExternalType.OfTable::new);
  }

  private static Arbitrary<ExternalType.OfMemory> memories() {
    return Arbitraries.oneOf(
        limits(1L << 16).map(ExternalType.OfMemory::new),
        limits(1L << 48)
            .map(limits -> new ExternalType.OfMemory(limits, ValueType.I64, Offset.NONE)));
  }

  private static Arbitrary<Limits> limits(long most) {
    return Combinators.combine(
            Arbitraries.longs().between(0, most),
            Arbitraries.longs().between(0, most).injectNull(0.4))
        .as((one, other) ->
            other == null
                ? new Limits(one, null)
                : new Limits(Math.min(one, other), Math.max(one, other)));
  }

  private static Arbitrary<ExternalType.OfGlobal> globalTypes() {
    return Combinators.combine(values(), Arbitraries.of(true, false))
        .as(ExternalType.OfGlobal::new);
  }

  private static Arbitrary<Global> globals() {
    return Combinators.combine(globalTypes(), constants()).as(Global::new);
  }

  private static Arbitrary<Expression> constants() {
    return Arbitraries.of(
        ZERO,
        ZERO_WIDE,
        code(0xd2, 0x00, 0x0b),
        code(0xd0, 0x70, 0x0b),
        code(0x41, 0x7f, 0x41, 0x01, 0x6a, 0x0b),
        code(0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 0x0b));
  }

  private static Arbitrary<Function> functions() {
    Arbitrary<Expression> bodies =
        Arbitraries.of(
            code(0x00, 0x0b),
            code(0x01, 0x03, 0x7f, 0x20, 0x00, 0x1a, 0x0b),
            code(0x00, 0x02, 0x40, 0x03, 0x40, 0x0c, 0x01, 0x0b, 0x0b, 0x0b),
            code(0x00, 0x41, 0x01, 0x04, 0x40, 0x05, 0x00, 0x0b, 0x0b),
            code(0x00, 0x10, 0x00, 0x0b));
    return Combinators.combine(Arbitraries.integers().between(0, TYPES - 1), bodies)
        .as(Function::new);
  }

  private static Arbitrary<ElementSegment> elements() {
    Arbitrary<ElementSegment.Mode> modes =
        Arbitraries.of(
            new ElementSegment.Mode.Active(0, ZERO),
            new ElementSegment.Mode.Passive(),
            new ElementSegment.Mode.Declarative());
    Arbitrary<ElementSegment> functions =
        Combinators.combine(modes, Arbitraries.just(0).list().ofMaxSize(3))
            .as((mode, items) ->
                new ElementSegment(
                    mode, ValueType.FUNCREF, new ElementSegment.Items.Functions(items)));
    Arbitrary<ElementSegment> expressions =
        Combinators.combine(
                modes,
                Arbitraries.of(ValueType.FUNCREF, ValueType.EXTERNREF),
                constants().list().ofMaxSize(3))
            .as((mode, type, items) ->
                new ElementSegment(mode, type, new ElementSegment.Items.Expressions(items)));
    return Arbitraries.oneOf(functions, expressions);
  }

  private static Arbitrary<DataSegment> data() {
    Arbitrary<DataSegment.Mode> modes =
        Arbitraries.of(new DataSegment.Mode.Active(0, ZERO), new DataSegment.Mode.Passive());
    return Combinators.combine(modes, Arbitraries.bytes().array(byte[].class).ofMaxSize(20))
        .as((mode, bytes) -> new DataSegment(mode, Bytes.of(bytes)));
  }

  /** Custom sections where every generated module has something for them to follow. */
  private static Arbitrary<List<CustomSection>> customs() {
    Arbitrary<SectionId> places =
        Arbitraries.of(SectionId.TYPE, SectionId.MEMORY, SectionId.CODE).injectNull(0.2);
    return Combinators.combine(
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(20),
            places)
        .as((name, bytes, after) -> new CustomSection(name, Bytes.of(bytes), after, Offset.NONE))
        .list()
        .ofMaxSize(4)
        .map(list -> list.stream().sorted(WasmModuleProperties::byPlace).toList());
  }

  private static int byPlace(CustomSection a, CustomSection b) {
    return Integer.compare(place(a), place(b));
  }

  private static int place(CustomSection custom) {
    SectionId after = custom.after();
    return after == null ? -1 : after.ordinal();
  }

  private static Expression code(int... bytes) {
    byte[] code = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      code[i] = (byte) bytes[i];
    }
    return new Expression(Bytes.of(code), Offset.NONE);
  }
}
