package dev.parigot.web.console.events;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.parigot.fleet.QueueStatus;
import dev.parigot.manifest.Fifo;
import dev.parigot.queue.DeadMessage;
import dev.parigot.release.Release;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.Rows;
import dev.parigot.web.console.part.StateMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One queue: how much waits and since when, what is done about it, and what was given up. */
final class QueueEntry extends Div {
  /** What can be done about dead messages. */
  interface Actions {
    void look(String queue, DeadMessage message);

    void resend(String queue, DeadMessage message);

    void drop(String queue, DeadMessage message);

    void resendAll(String queue);

    void dropAll(String queue, long count);

    void more();
  }

  private final String name;
  private final Actions actions;
  private final StateMark state = new StateMark("idle", "");
  private final Div facts = new Div();
  private final Div figures = new Div();
  private final Div dead = new Div();
  private @Nullable List<DeadMessage> shown;
  private long deadShown = -1;

  QueueEntry(String name, Actions actions) {
    this.name = name;
    this.actions = actions;
    addClassNames("card", "section", "queue");
    setId("queue-" + name);
    facts.addClassNames("soft", "facts");
    figures.addClassName("figures");
    dead.addClassName("section");
    Div heading = new Div(new H3(name), state);
    heading.addClassName("heading");
    add(heading, facts, figures, dead);
  }

  /**
   * Shows what is true of it now.
   *
   * @param messages its newest dead ones
   */
  void show(QueueStatus queue, List<DeadMessage> messages) {
    mark(queue);
    tell(queue.declared());
    count(queue);
    long count = queue.figures().dead();
    if (!messages.equals(shown) || count != deadShown) {
      shown = messages;
      deadShown = count;
      dead.removeAll();
      if (!messages.isEmpty()) {
        tellDead(messages, count);
      }
    }
  }

  private void mark(QueueStatus queue) {
    boolean empty = queue.figures().waiting() == 0 && queue.inFlight() == 0;
    if (queue.declared() == null) {
      state.show("down", "Not in the live release");
    } else if (queue.figures().dead() > 0) {
      state.show("failed", Measure.counted(queue.figures().dead(), "dead message"));
    } else if (empty) {
      state.show("idle", "Empty");
    } else if (queue.lastMinute().failed() > 0) {
      state.show("starting", "Trying again");
    } else {
      state.show("running", "Delivering");
    }
  }

  private void tell(Release.@Nullable Queue declared) {
    facts.removeAll();
    if (declared == null) {
      facts.add(new Span("its messages wait until a release names it again"));
      return;
    }
    Fifo fifo = declared.fifo();
    facts.add(
        new Span("delivers to " + declared.service() + "." + declared.method()),
        new Span(Measure.counted(declared.attempts(), "attempt")),
        new Span(declared.places() + " at a time"));
    if (fifo != null) {
      facts.add(new Span(fifo.field() == null ? "in order" : "in order by " + fifo.field()));
    }
  }

  private void count(QueueStatus queue) {
    figures.removeAll();
    figures.add(figure("waiting", new Span("%,d".formatted(queue.figures().waiting()))));
    figures.add(
        figure(
            "oldest",
            queue.figures().oldest() == null
                ? new Span("–")
                : new Span(new Moment(queue.figures().oldest()))));
    figures.add(figure("in flight", new Span(String.valueOf(queue.inFlight()))));
    figures.add(figure("sent a minute", new Span("%,d".formatted(queue.lastMinute().sent()))));
    figures.add(
        figure("delivered a minute", new Span("%,d".formatted(queue.lastMinute().delivered()))));
    figures.add(figure("failed a minute", new Span("%,d".formatted(queue.lastMinute().failed()))));
  }

  private static Div figure(String what, Span value) {
    value.addClassName("value");
    Span label = new Span(what);
    label.addClassName("soft");
    return new Div(value, label);
  }

  private void tellDead(List<DeadMessage> messages, long count) {
    Paragraph what =
        new Paragraph(
            "Given up after all their attempts. Nothing delivers them until you send them again.");
    Button resend = new Button("Send all again", _ -> actions.resendAll(name));
    resend.setId("resend-all-" + name);
    Button drop = new Button("Drop all", _ -> actions.dropAll(name, count));
    drop.setId("drop-all-" + name);
    drop.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
    Div all = new Div(resend, drop);
    all.addClassName("fields");
    Rows rows =
        new Rows(
            "Dead messages of " + name,
            List.of("Message", "Sent", "Given up", "Attempts", "Why", "Do"));
    messages.forEach(message -> row(rows, message));
    dead.add(what, all, rows);
    if (count > messages.size()) {
      dead.add(new Button("Show more of the " + count, _ -> actions.more()));
    }
  }

  private void row(Rows rows, DeadMessage message) {
    Button look =
        new Button(
            message.id() + " · " + Measure.bytes(message.bytes()),
            _ -> actions.look(name, message));
    look.setAriaLabel("Look at message " + message.id());
    look.addThemeVariants(ButtonVariant.TERTIARY);
    Button resend = new Button("Send again", _ -> actions.resend(name, message));
    resend.setAriaLabel("Send message " + message.id() + " again");
    Button drop = new Button("Drop", _ -> actions.drop(name, message));
    drop.setAriaLabel("Drop message " + message.id());
    drop.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
    Span buttons = new Span(resend, drop);
    buttons.addClassName("buttons");
    String why = message.failure() == null ? "–" : message.failure();
    Span said = new Span(why.lines().findFirst().orElse("–"));
    said.setTitle(why);
    rows.row(
        look,
        new Moment(message.sentAt()),
        message.failedAt() == null ? new Span("–") : new Moment(message.failedAt()),
        new Span(String.valueOf(message.attempts())),
        said,
        buttons);
  }
}
