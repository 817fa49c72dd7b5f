package dev.parigot.timing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Takes the plain order but for given choices, each where its steps come up. Of a program that was
 * edited since, some may never do.
 */
public final class Replay implements Strategy {
  private final List<Choice> left;
  private final List<Choice> due = new ArrayList<>();
  private int last;

  public Replay(List<Choice> choices) {
    this.left = new ArrayList<>(choices);
  }

  /** Those whose steps have not come up. */
  public List<Choice> left() {
    return List.copyOf(left);
  }

  @Override
  public int choose(List<Step> enabled) {
    int plain = Strategy.plainly(enabled, last);
    int chosen = enabled.size() == 1 ? plain : instead(enabled.get(plain).point(), enabled, plain);
    last = enabled.get(chosen).task();
    noteThatIsDue(enabled.get(chosen));
    return chosen;
  }

  /** In another order, the clock can go on at a later step only. */
  private void noteThatIsDue(Step taken) {
    for (Choice each : left) {
      if (each instanceof Choice.Strike(Fault fault, String at)
          && fault == Fault.LATE
          && at.equals(taken.point())) {
        due.add(each);
      }
    }
  }

  private int instead(String point, List<Step> enabled, int plain) {
    for (Iterator<Choice> each = left.iterator(); each.hasNext(); ) {
      if (each.next() instanceof Choice.Switch(String instead, String next)
          && instead.equals(point)) {
        for (int i = 0; i < enabled.size(); i++) {
          if (enabled.get(i).point().equals(next)) {
            each.remove();
            return i;
          }
        }
      }
    }
    return plain;
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    if (fault != Fault.LATE) {
      return left.remove(new Choice.Strike(fault, at.point()));
    }
    return !due.isEmpty() && left.remove(due.removeFirst());
  }
}
