package dev.parigot.web.console.logs;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.internal.JacksonUtils;
import dev.parigot.observe.LogLine;
import java.util.List;
import java.util.function.IntConsumer;

/** The lines of a log; filtered, coloured and kept in place by the browser. */
@Tag("parigot-log-stream")
@JsModule("context://console/log-stream.js")
final class LogStream extends Component {
  /** A line as the browser gets it. */
  record Line(
      long sequence,
      String at,
      String service,
      String instance,
      String level,
      String message,
      String call) {
    static Line of(LogLine line) {
      return new Line(
          line.sequence(),
          line.at().toString(),
          line.service(),
          line.instance(),
          line.level().name(),
          line.message(),
          line.call());
    }
  }

  /**
   * @param waiting told how many lines wait while the stream is paused
   */
  LogStream(IntConsumer waiting) {
    setId("log-stream");
    getElement()
        .addEventListener(
            "waiting",
            event -> waiting.accept(event.getEventData().get("event.detail.count").asInt()))
        .addEventData("event.detail.count");
  }

  void append(List<LogLine> lines) {
    getElement()
        .callJsFunction("add", JacksonUtils.listToJson(lines.stream().map(Line::of).toList()));
  }

  void filter(String service, String level, String text) {
    getElement().callJsFunction("filter", service, level, text);
  }

  void pause(boolean paused) {
    getElement().setProperty("paused", paused);
  }
}
