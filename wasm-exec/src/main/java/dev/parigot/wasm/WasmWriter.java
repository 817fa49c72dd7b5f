package dev.parigot.wasm;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the binary format. */
public final class WasmWriter {
  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private final WasmModule module;
  private final Output out = new Output();

  private WasmWriter(WasmModule module) {
    this.module = module;
  }

  /** The module in bytes; the same module always gives the same bytes. */
  public static byte[] write(WasmModule module) {
    return new WasmWriter(module).file();
  }

  private byte[] file() {
    out.write(HEADER, 0, HEADER.length);
    customs(null);
    for (SectionId id : SectionId.values()) {
      section(id);
      customs(id);
    }
    return out.toByteArray();
  }

  private void customs(@Nullable SectionId after) {
    for (CustomSection custom : module.customs()) {
      if (custom.after() == after) {
        Output content = new Output();
        content.name(custom.name());
        content.write(custom.content());
        out.section(0, content);
      }
    }
  }

  private void section(SectionId id) {
    Output content = new Output();
    content(id, content);
    if (content.size() > 0) {
      out.section(id.code(), content);
    }
  }

  private void content(SectionId id, Output section) {
    switch (id) {
      case TYPE -> section.all(module.types(), section::functionType);
      case IMPORT -> section.all(module.imports(), each -> imported(section, each));
      case FUNCTION -> section.all(module.functions(), each -> section.u32(each.type()));
      case TABLE -> section.all(module.tables(), section::table);
      case MEMORY -> section.all(module.memories(), section::memory);
      case GLOBAL -> section.all(module.globals(), each -> global(section, each));
      case EXPORT -> section.all(module.exports(), each -> export(section, each));
      case START -> {
        if (module.start() != null) {
          section.u32(module.start());
        }
      }
      case ELEMENT -> section.all(module.elements(), each -> element(section, each));
      case DATA_COUNT -> {
        if (module.dataCount()) {
          section.u32(module.data().size());
        }
      }
      case CODE -> section.all(module.functions(), each -> section.sized(each.code().bytes()));
      case DATA -> section.all(module.data(), each -> data(section, each));
    }
  }

  private static void imported(Output section, Import each) {
    section.name(each.module());
    section.name(each.name());
    section.write(each.type().kind().ordinal());
    switch (each.type()) {
      case ExternalType.OfFunction function -> section.u32(function.type());
      case ExternalType.OfTable table -> section.table(table);
      case ExternalType.OfMemory memory -> section.memory(memory);
      case ExternalType.OfGlobal global -> section.global(global);
    }
  }

  private static void global(Output section, Global each) {
    section.global(each.type());
    section.write(each.initial().bytes());
  }

  private static void export(Output section, Export each) {
    section.name(each.name());
    section.write(each.kind().ordinal());
    section.u32(each.index());
  }

  private static void element(Output section, ElementSegment each) {
    boolean expressions = each.items() instanceof ElementSegment.Items.Expressions;
    int form = expressions ? 4 : 0;
    boolean explicit = true;
    switch (each.mode()) {
      case ElementSegment.Mode.Passive _ -> section.write(form | 1);
      case ElementSegment.Mode.Declarative _ -> section.write(form | 3);
      case ElementSegment.Mode.Active active -> {
        explicit = active.table() != 0 || each.type() != ValueType.FUNCREF;
        section.write(explicit ? form | 2 : form);
        if (explicit) {
          section.u32(active.table());
        }
        section.write(active.at().bytes());
      }
    }
    if (explicit) {
      section.write(expressions ? each.type().code() : 0);
    }
    switch (each.items()) {
      case ElementSegment.Items.Functions functions ->
          section.vector(functions.indices(), section::u32);
      case ElementSegment.Items.Expressions constants ->
          section.vector(constants.expressions(), item -> section.write(item.bytes()));
    }
  }

  private static void data(Output section, DataSegment each) {
    switch (each.mode()) {
      case DataSegment.Mode.Passive _ -> section.write(1);
      case DataSegment.Mode.Active active -> {
        section.write(active.memory() == 0 ? 0 : 2);
        if (active.memory() != 0) {
          section.u32(active.memory());
        }
        section.write(active.at().bytes());
      }
    }
    section.sized(each.bytes());
  }

  /** Bytes to which values are written. */
  private static final class Output extends ByteOutput {
    void u32(int value) {
      unsigned(Integer.toUnsignedLong(value));
    }

    void name(String name) {
      sized(Bytes.ofText(name));
    }

    void sized(Bytes bytes) {
      u32(bytes.length());
      this.write(bytes);
    }

    void section(int code, Output content) {
      write(code);
      u32(content.size());
      write(content);
    }

    <T> void vector(List<T> things, Consumer<T> each) {
      u32(things.size());
      things.forEach(each);
    }

    /** A vector that makes a section: nothing if it is empty. */
    <T> void all(List<T> things, Consumer<T> each) {
      if (!things.isEmpty()) {
        vector(things, each);
      }
    }

    void functionType(FunctionType type) {
      write(0x60);
      vector(type.params(), each -> write(each.code()));
      vector(type.results(), each -> write(each.code()));
    }

    void table(ExternalType.OfTable table) {
      write(table.element().code());
      limits(table.limits(), 0);
    }

    void global(ExternalType.OfGlobal global) {
      write(global.value().code());
      write(global.mutable() ? 1 : 0);
    }

    void memory(ExternalType.OfMemory memory) {
      limits(memory.limits(), memory.isWide() ? TypeReader.WIDE : 0);
    }

    void limits(Limits limits, int flags) {
      Long maximum = limits.maximum();
      write(maximum != null ? flags | TypeReader.HAS_MAXIMUM : flags);
      unsigned(limits.minimum());
      if (maximum != null) {
        unsigned(maximum);
      }
    }
  }
}
