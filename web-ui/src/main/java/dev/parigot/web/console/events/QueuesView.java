package dev.parigot.web.console.events;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
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
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.app.FirstPush;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.ProblemSlot;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The queues of an app, with their dead messages and what can be done about these. */
@PermitAll
@Route(value = "queues", layout = AppFrame.class)
final class QueuesView extends Div implements AppPage {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final int STEP = 10;

  private final Fleet fleet;
  private final Messages messages;
  private final Addresses addresses;
  private final String by;
  private final ProblemSlot problem = new ProblemSlot();
  private final Div list = new Div();
  private final Map<String, QueueEntry> entries = new LinkedHashMap<>();
  private volatile @Nullable App app;
  private volatile int dead = STEP;

  /** A queue and its newest dead messages. */
  private record Told(QueueStatus queue, List<DeadMessage> dead) {}

  QueuesView(Fleet fleet, Messages messages, Addresses addresses, Viewer viewer, Pulse pulse) {
    this.fleet = fleet;
    this.messages = messages;
    this.addresses = addresses;
    this.by = viewer.account().email();
    list.addClassName("section");
    pulse.follow(list, OFTEN, this::read, this::draw);
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    removeAll();
    entries.clear();
    if (facts.live().isEmpty()) {
      app = null;
      add(new FirstPush(facts.app(), addresses.git(facts.app().name()), by));
      return;
    }
    app = facts.app();
    Div page = new Div(new H2("Queues"), problem, list);
    page.addClassName("page");
    add(page);
    load();
  }

  private List<Told> read() {
    App shown = app;
    return shown == null
        ? List.of()
        : fleet.queues(shown.id()).stream()
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

  /** What is there, or why it can't be told, and a way to try again. */
  private void load() {
    try {
      draw(read());
    } catch (RuntimeException e) {
      entries.clear();
      list.removeAll();
      list.add(
          e instanceof Problem known
              ? new ProblemNote(known)
              : new ProblemNote("The queues can't be read now.", List.of(), "Try again soon."),
          new Button("Try again", _ -> load()));
    }
  }

  private void draw(List<Told> told) {
    List<String> names = told.stream().map(each -> each.queue().name()).toList();
    if (!List.copyOf(entries.keySet()).equals(names) || names.isEmpty()) {
      entries.clear();
      list.removeAll();
      names.forEach(name -> entries.put(name, new QueueEntry(name, new Doing())));
      if (names.isEmpty()) {
        list.add(empty());
      }
      entries.values().forEach(list::add);
    }
    for (Told each : told) {
      QueueEntry entry = entries.get(each.queue().name());
      if (entry != null) {
        entry.show(each.queue(), each.dead());
      }
    }
  }

  private static Component empty() {
    Div empty =
        new Div(
            new Paragraph(
                "A queue keeps messages until a method has taken them, and tries again if it fails. None is in the live release; in parigot.toml it looks like this:"),
            new Pre(
                """
                [queues.orders]
                deliver = "mailer.order_placed"
                attempts = 5\
                """));
    empty.addClassName("empty");
    empty.setId("no-queues");
    return empty;
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

  private void confirm(String question, String consequence, Consumer<App> change) {
    ConfirmDialog dialog = new ConfirmDialog(question, consequence, "Drop", _ -> change(change));
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelable(true);
    dialog.open();
  }

  private void change(Consumer<App> change) {
    App shown = app;
    if (shown != null) {
      problem.attempt(() -> change.accept(shown));
      load();
    }
  }
}
