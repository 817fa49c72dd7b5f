package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;

/** Gives the indices in code new values, and tells where the code has moved. */
public final class Renumbering {
  private final Numbers numbers;
  private final TypeReader types = new TypeReader();
  private final InstructionWalker walker;
  private ByteOutput out = new ByteOutput();
  private List<Shift> shifts = new ArrayList<>();
  private Bytes source = Bytes.EMPTY;
  private int start;
  private int copied;

  public Renumbering(Numbers numbers) {
    this.numbers = numbers;
    this.walker = new InstructionWalker(new Edits(), types, (_, _, _) -> {});
  }

  /** What an index becomes. */
  public interface Numbers {
    int number(IndexSpace space, int index);
  }

  /**
   * A place from which on code lies elsewhere than before, up to the next such place; both in bytes
   * from the start of the function's code.
   */
  public record Shift(int to, int from) {}

  /** Code with new indices; it begins with a shift from 0 to 0, which is left out. */
  public record Renumbered(Expression code, List<Shift> shifts) {
    public Renumbered {
      shifts = List.copyOf(shifts);
    }
  }

  /** The code of a function: the declarations of its local variables are kept. */
  public Renumbered function(Expression code) {
    Input in = begin(code, "function");
    int groups = in.count("groups of local variables", Integer.MAX_VALUE, 2);
    for (int i = 0; i < groups; i++) {
      in.u32();
      types.valueType(in);
    }
    walker.walk(in);
    return new Renumbered(end(code), shifts);
  }

  public Expression constant(Expression code) {
    walker.walkConstant(begin(code, "expression"));
    return end(code);
  }

  private Input begin(Expression code, String region) {
    source = code.bytes();
    out = new ByteOutput(source.length() + source.length() / 8);
    shifts = new ArrayList<>();
    Input in = new Input(source, code.offset(), region);
    start = in.offset();
    copied = 0;
    return in;
  }

  private Expression end(Expression code) {
    copy(source.length());
    return new Expression(out.bytes(), code.offset());
  }

  private void copy(int to) {
    out.write(source.array(), source.from() + copied, to - copied);
    copied = to;
  }

  /** What lies from here on in the source, lies from here on in the copy. */
  private void resume(int at) {
    int before = shifts.isEmpty() ? 0 : shifts.getLast().to() - shifts.getLast().from();
    copied = at;
    if (out.size() - at != before) {
      shifts.add(new Shift(out.size(), at));
    }
  }

  private int afterNumber(int at) {
    int end = at;
    while (source.at(end) < 0) {
      end++;
    }
    return end + 1;
  }

  private final class Edits implements InstructionWalker.Uses {
    @Override
    public void index(IndexSpace space, long index, int offset) {
      if (space != IndexSpace.LOCAL) {
        int at = offset - start;
        copy(at);
        out.unsigned(Integer.toUnsignedLong(numbers.number(space, (int) index)));
        resume(afterNumber(at));
      }
    }

    @Override
    public void blockType(long index, int offset) {
      int at = offset - start;
      copy(at);
      out.signed(numbers.number(IndexSpace.TYPE, (int) index));
      resume(afterNumber(at));
    }

    @Override
    public void memoryZero(int offset) {
      int memory = numbers.number(IndexSpace.MEMORY, 0);
      if (memory != 0) {
        int at = offset - start;
        copy(at);
        out.write(source.at(at) & 0x7f | InstructionWalker.HAS_MEMORY);
        out.unsigned(memory);
        resume(afterNumber(at));
      }
    }
  }
}
