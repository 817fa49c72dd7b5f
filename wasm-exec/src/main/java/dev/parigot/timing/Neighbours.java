package dev.parigot.timing;

import java.util.ArrayList;
import java.util.List;

/** Repeats a run, and notes what one more choice could be after its last one. */
final class Neighbours implements Strategy {
  private final Replay replay;
  private final List<Choice> choices;
  private final List<List<Choice>> neighbours = new ArrayList<>();
  private int last;

  Neighbours(List<Choice> choices) {
    this.choices = choices;
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
          List<Choice> more = new ArrayList<>(choices);
          more.add(new Choice.Switch(next.point(), enabled.get(i).point()));
          neighbours.add(more);
        }
      }
    }
    int chosen = replay.choose(enabled);
    last = enabled.get(chosen).task();
    return chosen;
  }

  @Override
  public boolean strikes(Fault fault, Step at) {
    return replay.strikes(fault, at);
  }
}
