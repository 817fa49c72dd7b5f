package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What a module calls its functions, for stacks: from its name section, else from its exports. */
public final class FunctionNames {
  private static final int FUNCTION_NAMES = 1;
  private static final int CUSTOM_SECTION = 0;
  private static final int HEADER = 8;

  private final Map<Integer, String> names;

  private FunctionNames(Map<Integer, String> names) {
    this.names = names;
  }

  /** A name section that is broken gives the names that stand ahead of the break. */
  public static FunctionNames of(WasmModule module) {
    return of(module, module.customs());
  }

  /**
   * Of a file whose code is malformed: its name section comes after that.
   *
   * @param readSoFar what stands before the code
   */
  static FunctionNames ofBroken(WasmModule readSoFar, byte[] file) {
    List<CustomSection> customs = new ArrayList<>();
    Input in = new Input(file);
    try {
      in.skip(HEADER);
      while (!in.atEnd()) {
        int code = in.u8();
        int outer = in.enter(in.length("section"), "section");
        if (code == CUSTOM_SECTION) {
          String name = in.name();
          Offset offset = new Offset(in.offset());
          customs.add(new CustomSection(name, in.bytes(in.remaining()), null, offset));
        }
        in.skip(in.remaining());
        in.leave(outer, "file");
      }
    } catch (MalformedWasm broken) {
      // It is told of the code, which comes first.
    }
    return of(readSoFar, customs);
  }

  private static FunctionNames of(WasmModule module, List<CustomSection> customs) {
    Map<Integer, String> names = new HashMap<>();
    imports(module, names);
    for (Export export : module.exports()) {
      if (export.kind() == ExternalKind.FUNCTION) {
        names.putIfAbsent(export.index(), export.name());
      }
    }
    customs.stream()
        .filter(custom -> custom.name().equals("name"))
        .forEach(custom -> read(custom, names));
    return new FunctionNames(names);
  }

  /** The name of a function, or {@code func[index]} if it has none. */
  public String name(int index) {
    return names.getOrDefault(index, "func[" + index + "]");
  }

  /** The name of a function, if it has one. */
  public Optional<String> find(int index) {
    return Optional.ofNullable(names.get(index));
  }

  /** A section by which tools and stacks call functions so, by index. */
  public static CustomSection section(SortedMap<Integer, String> names) {
    ByteOutput content = new ByteOutput();
    content.unsigned(names.size());
    names.forEach((index, name) -> {
      content.unsigned(index);
      Bytes text = Bytes.ofText(name);
      content.unsigned(text.length());
      content.write(text);
    });
    ByteOutput section = new ByteOutput();
    section.write(FUNCTION_NAMES);
    section.unsigned(content.size());
    section.write(content);
    return new CustomSection("name", section.bytes(), SectionId.DATA, Offset.NONE);
  }

  private static void imports(WasmModule module, Map<Integer, String> names) {
    int index = 0;
    for (Import each : module.imports()) {
      if (each.type().kind() == ExternalKind.FUNCTION) {
        names.put(index++, each.module() + "." + each.name());
      }
    }
  }

  private static void read(CustomSection section, Map<Integer, String> names) {
    Input in = new Input(section.content(), section.offset(), "name section");
    try {
      while (!in.atEnd()) {
        int kind = in.u8();
        int length = in.length("subsection");
        if (kind == FUNCTION_NAMES) {
          names(in, names);
          return;
        }
        in.skip(length);
      }
    } catch (MalformedWasm broken) {
      // A custom section can't make a module invalid.
    }
  }

  private static void names(Input in, Map<Integer, String> names) {
    int count = in.count("names", ModuleLimits.FUNCTIONS, 2);
    for (int i = 0; i < count; i++) {
      int index = (int) in.u32();
      names.put(index, in.name());
    }
  }
}
