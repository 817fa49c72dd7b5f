package dev.parigot.web.console.services;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import dev.parigot.app.AppId;
import dev.parigot.engine.CallOutcome;
import dev.parigot.problem.Problem;
import dev.parigot.web.console.part.Measure;
import dev.parigot.web.console.part.ProblemNote;
import dev.parigot.web.console.part.StateMark;
import java.nio.charset.StandardCharsets;

/** A form that calls one method of a live service, and shows what it answers. */
final class TryIt extends Div {
  /** What a call came to, and how long it took. */
  private record Tried(CallOutcome outcome, long nanos) {}

  private final ServicePanel.Sources sources;
  private final AppId app;
  private final String service;
  private final String method;
  private final TextArea request = new TextArea("Request");
  private final Button call = new Button("Call", _ -> call());
  private final Div answer = new Div();

  TryIt(ServicePanel.Sources sources, AppId app, String service, String method) {
    this.sources = sources;
    this.app = app;
    this.service = service;
    this.method = method;
    request.setPlaceholder("The bytes that the method gets, often JSON; may be empty");
    request.setWidthFull();
    request.setMinRows(2);
    request.addClassName("mono");
    request.setId("request-" + method);
    call.setId("call-" + method);
    call.setDisableOnClick(true);
    answer.setId("answer-" + method);
    answer.addClassName("answer");
    answer.getElement().setAttribute("role", "status");
    add(request, call, answer);
  }

  private void call() {
    byte[] bytes = request.getValue().getBytes(StandardCharsets.UTF_8);
    sources.pulse().once(this, () -> attempt(bytes), this::show);
  }

  private Tried attempt(byte[] bytes) {
    long start = System.nanoTime();
    CallOutcome outcome;
    try {
      outcome = sources.fleet().call(app, service, method, bytes);
    } catch (Problem problem) {
      outcome = new CallOutcome.Failed(problem.status(), problem.what());
    }
    return new Tried(outcome, System.nanoTime() - start);
  }

  private void show(Tried tried) {
    call.setEnabled(true);
    answer.removeAll();
    String time = " after " + Measure.duration(tried.nanos());
    switch (tried.outcome()) {
      case CallOutcome.Returned returned -> {
        answer.add(new Div(new StateMark("live", "Answered"), new Span(time)));
        answer.add(new Pre(Answer.text(returned.response())));
      }
      case CallOutcome.Failed failed ->
          failed("Error %d%s".formatted(failed.code(), time), failed.message());
      case CallOutcome.Trapped trapped -> failed("Trapped" + time, trapped.reason());
      case CallOutcome.LimitReached reached ->
          failed(
              reached.limit() == CallOutcome.Limit.TIME
                  ? "Timed out" + time
                  : "Out of memory" + time,
              "Its instance was discarded.");
    }
  }

  private void failed(String what, String text) {
    answer.add(ProblemNote.of(what + "\n" + text, ""));
  }
}
