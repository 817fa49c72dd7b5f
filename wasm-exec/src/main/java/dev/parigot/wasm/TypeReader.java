package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads types; those of proposals that the engine lacks are refused by name. */
final class TypeReader implements InstructionWalker.Types {
  /** Flags of limits: a maximum follows. */
  static final int HAS_MAXIMUM = 1;

  /** Flags of limits: they and all addresses have 64 bits. */
  static final int WIDE = 4;

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
    int flagsAt = in.offset();
    int flags = flags(in, "table");
    if ((flags & WIDE) != 0) {
      throw Proposals.lacking(flagsAt, "a 64-bit table", "memory64");
    }
    return new ExternalType.OfTable(
        element, limits(in, flagsAt, flags, ModuleLimits.TABLE_ELEMENTS));
  }

  ExternalType.OfMemory memory(Input in) {
    int at = in.offset();
    int flags = flags(in, "memory");
    boolean wide = (flags & WIDE) != 0;
    long most = wide ? ModuleLimits.WIDE_MEMORY_PAGES : ModuleLimits.MEMORY_PAGES;
    return new ExternalType.OfMemory(
        limits(in, at, flags, most), wide ? ValueType.I64 : ValueType.I32, new Offset(at));
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

  private static int flags(Input in, String thing) {
    int at = in.offset();
    int flags = in.u8();
    if ((flags & ~(HAS_MAXIMUM | WIDE)) != 0) {
      throw wrongFlags(at, thing, flags);
    }
    return flags;
  }

  /**
   * @param at where they begin, with their flags
   */
  private static Limits limits(Input in, int at, int flags, long most) {
    boolean wide = (flags & WIDE) != 0;
    long minimum = bound(in, wide);
    Long maximum = (flags & HAS_MAXIMUM) == 0 ? null : (Long) bound(in, wide);
    check(at, minimum, maximum, most);
    return new Limits(minimum, maximum);
  }

  private static long bound(Input in, boolean wide) {
    return wide ? in.u64() : in.u32();
  }

  private static MalformedWasm wrongFlags(int at, String thing, int flags) {
    if (flags >= 2 * PAGE_SIZE) {
      return new MalformedWasm(at, "the limits of a " + thing + " have unknown flags");
    }
    if ((flags & PAGE_SIZE) != 0) {
      return Proposals.lacking(at, "a page size", "custom page sizes");
    }
    return Proposals.lacking(at, "a shared " + thing, "threads");
  }

  private static void check(int at, long minimum, @Nullable Long maximum, long most) {
    if (isOver(minimum, most) || (maximum != null && isOver(maximum, most))) {
      throw new MalformedWasm(at, "limits go beyond " + most);
    }
    if (maximum != null && maximum < minimum) {
      throw new MalformedWasm(
          at, "limits have a minimum of " + minimum + " above their maximum of " + maximum);
    }
  }

  /** Of unsigned numbers. */
  private static boolean isOver(long bound, long most) {
    return Long.compareUnsigned(bound, most) > 0;
  }

  private static MalformedWasm unknown(int at, String what, int code) {
    String shown = String.format(Locale.ROOT, "%s 0x%02x", what, code);
    String proposal = Proposals.ofType(code);
    return proposal == null
        ? new MalformedWasm(at, "unknown " + shown)
        : Proposals.lacking(at, shown, proposal);
  }
}
