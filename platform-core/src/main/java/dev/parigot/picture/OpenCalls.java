package dev.parigot.picture;

import dev.parigot.timing.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls from service to service that are under way, as one goes through the steps of a run:
 * whoever called goes on only when what it called has ended.
 */
final class OpenCalls {
  private final Steps steps;
  private final Map<Integer, Deque<Step>> open = new HashMap<>();

  OpenCalls(Steps steps) {
    this.steps = steps;
  }

  /**
   * What is around a step.
   *
   * @param ended whose calls have ended before it, the innermost first
   * @param calls within which it is taken
   */
  record Around(List<String> ended, List<Step> calls) {}

  /** To be called for each step, in their order. */
  Around enter(int index) {
    Step step = steps.get(index);
    Deque<Step> stack = open.computeIfAbsent(step.task(), _ -> new ArrayDeque<>());
    List<String> ended = new ArrayList<>();
    String callee = steps.actorBefore(index);
    while (stack.stream().anyMatch(call -> call.actor().equals(step.actor()))) {
      stack.pop();
      if (!callee.equals(step.actor())) {
        ended.add(callee);
      }
      callee = stack.isEmpty() ? step.actor() : stack.element().actor();
    }
    Around around = new Around(ended, List.copyOf(stack));
    if (step.action().startsWith(Act.CALLS)) {
      stack.push(step);
    }
    return around;
  }
}
