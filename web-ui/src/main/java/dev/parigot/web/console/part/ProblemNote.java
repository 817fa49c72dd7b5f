package dev.parigot.web.console.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.parigot.problem.Problem;
import java.util.List;

/** A problem as everywhere: what happened and why, each single mistake, what to do next. */
public final class ProblemNote extends Div {
  public ProblemNote(String what, List<String> details, String next) {
    addClassName("problem");
    Span happened = new Span(what);
    happened.addClassName("what");
    add(happened);
    if (!details.isEmpty()) {
      UnorderedList list = new UnorderedList();
      details.forEach(detail -> list.add(new ListItem(detail)));
      add(list);
    }
    if (!next.isEmpty()) {
      add(new Paragraph(next));
    }
  }

  public ProblemNote(Problem problem) {
    this(problem.what(), problem.details(), problem.next());
  }

  /** A text whose first line says what happened, and whose other lines are kept as they are. */
  public static ProblemNote of(String text, String next) {
    List<String> lines = text.strip().lines().toList();
    if (lines.isEmpty()) {
      return new ProblemNote("No reason was given.", List.of(), next);
    }
    ProblemNote note = new ProblemNote(lines.getFirst(), List.of(), next);
    if (lines.size() > 1) {
      note.addComponentAtIndex(1, new Pre(String.join("\n", lines.subList(1, lines.size()))));
    }
    return note;
  }
}
