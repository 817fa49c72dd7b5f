package dev.parigot.web.console.part;

import com.vaadin.flow.component.html.Div;
import dev.parigot.problem.Problem;

/** The place in a form where its problem is told, and read out, when an attempt fails. */
public final class ProblemSlot extends Div {
  public ProblemSlot() {
    getElement().setAttribute("role", "alert");
  }

  /** Does it, or tells why it can't be done; answers whether it was done. */
  public boolean attempt(Runnable action) {
    removeAll();
    try {
      action.run();
      return true;
    } catch (Problem problem) {
      show(problem);
      return false;
    }
  }

  public void show(Problem problem) {
    removeAll();
    add(new ProblemNote(problem));
  }
}
