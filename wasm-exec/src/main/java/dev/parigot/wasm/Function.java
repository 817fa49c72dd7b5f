package dev.parigot.wasm;

import java.util.function.Predicate;

/**
 * A function that the module defines.
 *
 * @param type the index of its type
 * @param code its local variables and its instructions, as they stand in the binary
 */
public record Function(int type, Expression code) {
  /** Goes over its instructions, which were read before and so are well-formed. */
  void walk(InstructionWalker.Visitor visitor) {
    Input in = code.input();
    TypeReader types = new TypeReader();
    new Locals().read(in, types);
    new InstructionWalker((_, _, _) -> {}, types, visitor).walk(in);
  }

  boolean hasAny(Predicate<Instruction> sought) {
    boolean[] found = new boolean[1];
    walk((instruction, _, _) -> found[0] |= sought.test(instruction));
    return found[0];
  }
}
