package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads types; those of proposals that the engine lacks are refused by name. */
final class TypeReader implements InstructionWalker.Types {
  private static final int HAS_MAXIMUM = 1;
  private static final int SHARED = 2;
  private static final int WIDE = 4;
  private static final int PAGE_SIZE = 8;
  private static final @Nullable ValueType[] BY_CODE = new ValueType[0x80];

  static {
    for (ValueType type : ValueType.values()) {
      BY_CODE[type.code()] = type;
    }
  }

  @Override
  public ValueType valueType(Input in) {
    int at = in.offset();
    int code = in.u8();
    ValueType type = code < BY_CODE.length ? BY_CODE[code] : null;
    if (type == null) {
      throw unknown(at, "value type", code);
    }
    return type;
  }

  @Override
  public ValueType referenceType(Input in) {
    int at = in.offset();
    int code = in.peek();
    if (code >= 0x80 || code < 0x40) {
      throw Proposals.lacking(at, "a reference to a type", "typed function references");
    }
    ValueType type = valueType(in);
    if (!type.isReference()) {
      throw new MalformedWasm(at, type + " is no type of reference");
    }
    return type;
  }

  FunctionType functionType(Input in) {
    int at = in.offset();
    int form = in.u8();
    if (form != 0x60) {
      throw unknown(at, "form of type", form);
    }
    return new FunctionType(
        valueTypes(in, "parameters", ModuleLimits.PARAMS),
        valueTypes(in, "results", ModuleLimits.RESULTS));
  }

  private List<ValueType> valueTypes(Input in, String things, int most) {
    int count = in.count(things, most, 1);
    List<ValueType> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      types.add(valueType(in));
    }
    return types;
  }

  ExternalType.OfTable table(Input in) {
    int at = in.offset();
    if (in.peek() == 0x40) {
      throw Proposals.lacking(at, "a table with an initial value", "typed function references");
    }
    ValueType element = referenceType(in);
    return new ExternalType.OfTable(element, limits(in, "table", ModuleLimits.TABLE_ELEMENTS));
  }

  ExternalType.OfMemory memory(Input in) {
    return new ExternalType.OfMemory(limits(in, "memory", ModuleLimits.MEMORY_PAGES));
  }

  ExternalType.OfGlobal global(Input in) {
    ValueType type = valueType(in);
    int at = in.offset();
    int mutable = in.u8();
    if (mutable > 1) {
      throw new MalformedWasm(at, "a global must be constant (0) or mutable (1), not " + mutable);
    }
    return new ExternalType.OfGlobal(type, mutable == 1);
  }

  private static Limits limits(Input in, String thing, long most) {
    int at = in.offset();
    int flags = in.u8();
    if (flags > HAS_MAXIMUM) {
      throw wrongFlags(at, thing, flags);
    }
    long minimum = in.u32();
    Long maximum = (flags & HAS_MAXIMUM) == 0 ? null : (Long) in.u32();
    check(at, minimum, maximum, most);
    return new Limits(minimum, maximum);
  }

  private static MalformedWasm wrongFlags(int at, String thing, int flags) {
    if (flags >= 2 * PAGE_SIZE) {
      return new MalformedWasm(at, "the limits of a " + thing + " have unknown flags");
    }
    if ((flags & PAGE_SIZE) != 0) {
      return Proposals.lacking(at, "a page size", "custom page sizes");
    }
    return (flags & SHARED) != 0
        ? Proposals.lacking(at, "a shared " + thing, "threads")
        : Proposals.lacking(at, "a 64-bit " + thing, "memory64");
  }

  private static void check(int at, long minimum, @Nullable Long maximum, long most) {
    if (minimum > most || (maximum != null && maximum > most)) {
      throw new MalformedWasm(at, "limits go beyond " + most);
    }
    if (maximum != null && maximum < minimum) {
      throw new MalformedWasm(
          at, "limits have a minimum of " + minimum + " above their maximum of " + maximum);
    }
  }

  private static MalformedWasm unknown(int at, String what, int code) {
    String shown = String.format(Locale.ROOT, "%s 0x%02x", what, code);
    String proposal = Proposals.ofType(code);
    return proposal == null
        ? new MalformedWasm(at, "unknown " + shown)
        : Proposals.lacking(at, shown, proposal);
  }
}
