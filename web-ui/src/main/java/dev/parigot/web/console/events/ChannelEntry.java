package dev.parigot.web.console.events;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.parigot.channel.Message;
import dev.parigot.relay.ChannelStatus;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.Rows;
import dev.parigot.web.console.part.StateMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One channel: who may listen and who does, what was said last, and a field to say something. */
final class ChannelEntry extends Div {
  private static final int PREVIEW = 200;

  /** What a field is for. */
  @FunctionalInterface
  interface Publishing {
    /** False if it could not be published, and that is told. */
    boolean publish(String channel, String text);
  }

  private final String name;
  private final StateMark state = new StateMark("idle", "");
  private final Div facts = new Div();
  private final Div figures = new Div();
  private final Div said = new Div();
  private @Nullable List<Message> shown;

  ChannelEntry(String name, Publishing publishing) {
    this.name = name;
    addClassNames("card", "section", "channel");
    setId("channel-" + name);
    facts.addClassNames("soft", "facts");
    figures.addClassName("figures");
    said.addClassName("section");
    Div heading = new Div(new H3(name), state);
    heading.addClassName("heading");
    add(heading, facts, figures, said);
    if (!isPattern()) {
      add(form(publishing));
    }
  }

  private boolean isPattern() {
    return name.endsWith("*");
  }

  private Div form(Publishing publishing) {
    TextField text = new TextField();
    text.setAriaLabel("Message to " + name);
    text.setPlaceholder("{\"hello\": \"world\"}");
    text.setId("message-to-" + name);
    Button publish = new Button("Publish");
    publish.setId("publish-to-" + name);
    publish.setAriaLabel("Publish to " + name);
    Runnable send =
        () -> {
          if (!text.isEmpty() && publishing.publish(name, text.getValue())) {
            text.clear();
          }
        };
    publish.addClickListener(_ -> send.run());
    text.addKeyPressListener(Key.ENTER, _ -> send.run());
    Div form = new Div(text, publish);
    form.addClassName("fields");
    return form;
  }

  /**
   * Shows what is true of it now.
   *
   * @param messages the last ones, the newest first
   */
  void show(ChannelStatus channel, List<Message> messages) {
    if (channel.listeners() > 0) {
      state.show("running", Measure.counted(channel.listeners(), "listener"));
    } else {
      state.show("idle", "Nobody listens");
    }
    facts.removeAll();
    facts.add(
        new Span(
            switch (channel.audience()) {
              case EVERYONE -> "everyone may listen at /_parigot/channels/" + name;
              case SIGNED_IN -> "who is signed in may listen at /_parigot/channels/" + name;
              case NOBODY -> "nobody may listen";
            }));
    if (isPattern()) {
      facts.add(new Span("stands for every name that begins so; none is in use"));
      return;
    }
    figures.removeAll();
    figures.add(figure("listeners", channel.listeners()));
    figures.add(figure("messages a minute", channel.lastMinute()));
    if (!messages.equals(shown)) {
      shown = messages;
      said.removeAll();
      said.add(messages.isEmpty() ? quiet() : rows(messages));
    }
  }

  private static Div figure(String what, int number) {
    Span value = new Span("%,d".formatted(number));
    value.addClassName("value");
    Span label = new Span(what);
    label.addClassName("soft");
    return new Div(value, label);
  }

  private static Paragraph quiet() {
    Paragraph quiet = new Paragraph("Nothing was published in the last two minutes.");
    quiet.addClassName("soft");
    return quiet;
  }

  private Rows rows(List<Message> messages) {
    Rows rows = new Rows("Last messages of " + name, List.of("Message", "Size", "Published"));
    for (Message message : messages) {
      String text = MessagePreview.of(message.content()).text();
      Span preview = new Span(text.length() > PREVIEW ? text.substring(0, PREVIEW) + "…" : text);
      preview.addClassName("mono");
      rows.row(
          preview, new Span(Measure.bytes(message.content().length)), new Moment(message.at()));
    }
    return rows;
  }
}
