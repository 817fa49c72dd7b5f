package dev.parigot.web.console.part;

import com.vaadin.flow.component.html.Span;

/** A state as a shape in a colour, and the word for it. */
public final class StateMark extends Span {
  /**
   * @param state which shape and colour, as the style sheet knows it
   * @param word what is read
   */
  public StateMark(String state, String word) {
    addClassName("state");
    show(state, word);
  }

  public void show(String state, String word) {
    getElement().setAttribute("data-state", state);
    Span mark = new Span();
    mark.addClassName("mark");
    removeAll();
    add(mark, new Span(word));
  }
}
