package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.router.Route;
import dev.parigot.app.App;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.QueueStatus;
import dev.parigot.problem.Problem;
import dev.parigot.queue.DeadMessage;
import dev.parigot.queue.Messages;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Pulse;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.part.Measure;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;

/** The queues of an app, with their dead messages and what can be done about these. */
@PermitAll
@Route(value = "queues", layout = AppFrame.class)
final class QueuesView extends LiveList<QueuesView.Told, QueueEntry> {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final int STEP = 10;

  private final Fleet fleet;
  private final Messages messages;
  private volatile int dead = STEP;

  /** A queue and its newest dead messages. */
  record Told(QueueStatus queue, List<DeadMessage> dead) {}

  QueuesView(Fleet fleet, Messages messages, Addresses addresses, Viewer viewer, Pulse pulse) {
    super("Queues", OFTEN, addresses, viewer, pulse);
    this.fleet = fleet;
    this.messages = messages;
  }

  @Override
  List<Told> read(App shown) {
    return fleet.queues(shown.id()).stream()
        .map(queue ->
            new Told(
                queue,
                queue.figures().dead() == 0
                    ? List.<DeadMessage>of()
                    : messages.dead(queue(shown, queue.name()), 0, dead)))
        .toList();
  }

  private static Messages.Queue queue(App app, String name) {
    return new Messages.Queue(app.id(), name);
  }

  @Override
  String name(Told told) {
    return told.queue().name();
  }

  @Override
  QueueEntry entry(App shown, String name) {
    return new QueueEntry(name, new Doing());
  }

  @Override
  void show(QueueEntry entry, Told told) {
    entry.show(told.queue(), told.dead());
  }

  @Override
  Component empty() {
    return empty(
        "no-queues",
        "A queue keeps messages until a method has taken them, and tries again if it fails. None is in the live release; in parigot.toml it looks like this:",
        """
        [queues.orders]
        deliver = "mailer.order_placed"
        attempts = 5\
        """);
  }

  private final class Doing implements QueueEntry.Actions {
    @Override
    public void look(String queue, DeadMessage message) {
      change(shown -> {
        byte[] content =
            messages.content(queue(shown, queue), message.id()).orElseThrow(() -> gone(message));
        dialog(queue, message, MessagePreview.of(content)).open();
      });
    }

    @Override
    public void resend(String queue, DeadMessage message) {
      change(shown -> {
        if (!messages.resend(queue(shown, queue), message.id())) {
          throw gone(message);
        }
      });
    }

    @Override
    public void drop(String queue, DeadMessage message) {
      confirm(
          "Drop message " + message.id() + "?",
          "It is deleted, and nothing delivers it any more. This can't be undone.",
          shown -> {
            if (!messages.drop(queue(shown, queue), message.id())) {
              throw gone(message);
            }
          });
    }

    @Override
    public void resendAll(String queue) {
      change(shown -> {
        int _ = messages.resendAll(queue(shown, queue));
      });
    }

    @Override
    public void dropAll(String queue, long count) {
      confirm(
          "Drop " + Measure.counted(count, "dead message") + " of " + queue + "?",
          "They are deleted, and nothing delivers them any more. This can't be undone.",
          shown -> {
            int _ = messages.dropAll(queue(shown, queue));
          });
    }

    @Override
    public void more() {
      dead += STEP;
      load();
    }
  }

  private static Problem gone(DeadMessage message) {
    return Problem.notFound("Message " + message.id() + " is dead no more.");
  }

  private static Dialog dialog(String queue, DeadMessage message, MessagePreview preview) {
    Dialog dialog = new Dialog();
    dialog.setHeaderTitle("Message " + message.id() + " of " + queue);
    dialog.setWidth("min(720px, 100vw)");
    Paragraph what =
        new Paragraph(
            "%s as %s%s. %s"
                .formatted(
                    Measure.bytes(message.bytes()),
                    preview.kind(),
                    message.bytes() > MessagePreview.MOST_BYTES ? ", cut" : "",
                    message.failure() == null ? "" : "The last attempt: " + message.failure()));
    what.addClassName("soft");
    Pre text = new Pre(preview.text());
    text.addClassName("message");
    text.getElement().setAttribute("tabindex", "0");
    Div body = new Div(what, text);
    body.addClassName("section");
    dialog.add(body);
    dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
    return dialog;
  }

  private void confirm(String question, String consequence, Change change) {
    ConfirmDialog dialog = new ConfirmDialog(question, consequence, "Drop", _ -> change(change));
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelable(true);
    dialog.open();
  }
}
