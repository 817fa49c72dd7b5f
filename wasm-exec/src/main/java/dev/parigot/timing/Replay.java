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
    return chosen;
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
    return left.remove(new Choice.Strike(fault, at.point()));
  }
}
