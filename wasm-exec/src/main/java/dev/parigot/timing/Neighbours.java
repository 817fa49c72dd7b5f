package dev.parigot.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Repeats a run, and notes what one more choice could be after its last one. */
final class Neighbours implements Strategy {
  private final Replay replay;
  private final List<Choice> choices;
  private final Set<Fault> faults;
  private final List<List<Choice>> neighbours = new ArrayList<>();
  private int last;

  /**
   * @param faults the kinds of which one may be the choice
   */
  Neighbours(List<Choice> choices, Set<Fault> faults) {
    this.choices = choices;
    this.faults = faults;
    this.replay = new Replay(choices);
  }

  /** The choices of each run that makes one more, in the order of that one. */
  List<List<Choice>> neighbours() {
    return neighbours;
  }

  @Override
  public int choose(List<Step> enabled) {
    int plain = Strategy.plainly(enabled, last);
    Step next = enabled.get(plain);
    // Before a step that conflicts with none a switch does what one after it does.
    if (replay.left().isEmpty() && !Effect.of(next).isAlone()) {
      for (int i = 0; i < enabled.size(); i++) {
        if (i != plain) {
          add(new Choice.Switch(next.point(), enabled.get(i).point()));
        }
      }
    }
    int chosen = replay.choose(enabled);
    last = enabled.get(chosen).task();
    return chosen;
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    // What ends before a step by which nothing changes has done as much as before the next one.
    boolean matters = !fault.before() || !Effect.reads(at) && !at.isQuiet();
    if (faults.contains(fault) && replay.left().isEmpty() && matters) {
      add(new Choice.Strike(fault, at.point()));
    }
    return replay.strikes(fault, at);
  }

  private void add(Choice choice) {
    List<Choice> more = new ArrayList<>(choices);
    more.add(choice);
    neighbours.add(more);
  }
}
