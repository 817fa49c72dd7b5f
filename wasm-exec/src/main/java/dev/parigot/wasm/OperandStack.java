package dev.parigot.wasm;

import java.util.Arrays;

/**
 * The types of the values that the code of a function has pushed up to some place, the innermost
 * block's on top. Types are ordinals of {@link ValueType}.
 */
final class OperandStack {
  /** Of a value in code that is never reached: any type there is. */
  static final byte UNKNOWN = -1;

  private byte[] types = new byte[256];
  private int height;
  private int base;
  private boolean unreachable;
  private String asker = "";
  private int offset;

  void clear() {
    height = 0;
    enter(0, false);
  }

  /** What is popped or pushed from now on is so by that instruction. */
  void by(String instruction, int at) {
    asker = instruction;
    offset = at;
  }

  /**
   * Nothing is popped below that height.
   *
   * @param isUnreachable then there are values of any types at that height
   */
  void enter(int newBase, boolean isUnreachable) {
    base = newBase;
    unreachable = isUnreachable;
  }

  int height() {
    return height;
  }

  /** The rest of the block is never reached. */
  void dropAll() {
    height = base;
    unreachable = true;
  }

  void push(byte type) {
    if (height == types.length) {
      grow(1);
    }
    types[height++] = type;
  }

  void pushAll(byte[] pushed) {
    if (height + pushed.length > types.length) {
      grow(pushed.length);
    }
    System.arraycopy(pushed, 0, types, height, pushed.length);
    height += pushed.length;
  }

  private void grow(int more) {
    if (height + more > ModuleLimits.OPERANDS) {
      throw wrong("leaves more operands on the stack than the limit of " + ModuleLimits.OPERANDS);
    }
    types = Arrays.copyOf(types, Math.min(ModuleLimits.OPERANDS, 2 * (height + more)));
  }

  /** A value of any type. */
  byte pop() {
    if (height > base) {
      return types[--height];
    }
    if (!unreachable) {
      throw wrong("needs an operand, but there is none left in its block");
    }
    return UNKNOWN;
  }

  void pop(byte expected) {
    if (height > base) {
      byte actual = types[--height];
      if (actual != expected && actual != UNKNOWN) {
        throw mismatch(expected, actual);
      }
    } else if (!unreachable) {
      throw missing(expected);
    }
  }

  void popAll(byte[] expected) {
    check(expected);
    height = Math.max(base, height - expected.length);
  }

  /** Whether {@link #popAll} could be. */
  void check(byte[] expected) {
    int from = height - expected.length;
    if (from >= base && Arrays.mismatch(types, from, height, expected, 0, expected.length) < 0) {
      return;
    }
    for (int i = expected.length - 1; i >= 0; i--) {
      int at = from + i;
      if (at < base) {
        if (!unreachable) {
          throw missing(expected[i]);
        }
        return;
      }
      if (types[at] != expected[i] && types[at] != UNKNOWN) {
        throw mismatch(expected[i], types[at]);
      }
    }
  }

  /** The block must hold nothing more. */
  void checkEmpty() {
    if (height > base) {
      throw wrong(
          "leaves " + (height - base) + " more operands on the stack than its block has results");
    }
  }

  MalformedWasm mismatch(byte expected, byte actual) {
    return wrong("needs " + name(expected) + ", but the operand is " + name(actual));
  }

  private MalformedWasm missing(byte expected) {
    return wrong("needs " + name(expected) + ", but there is no operand left in its block");
  }

  MalformedWasm lacking(String what, String proposal) {
    return Proposals.lacking(offset, asker + " " + what + ",", proposal);
  }

  MalformedWasm wrong(String what) {
    return new MalformedWasm(offset, asker + " " + what);
  }

  private static String name(byte type) {
    return ValueType.values()[type].toString();
  }
}
