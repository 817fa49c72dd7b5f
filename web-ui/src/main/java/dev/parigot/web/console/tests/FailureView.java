package dev.parigot.web.console.tests;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.parigot.app.App;
import dev.parigot.gate.GateRun;
import dev.parigot.gate.GateRuns;
import dev.parigot.gate.SharedFailures;
import dev.parigot.picture.Picture;
import dev.parigot.problem.Problem;
import dev.parigot.web.Addresses;
import dev.parigot.web.console.Viewer;
import dev.parigot.web.console.app.AppFacts;
import dev.parigot.web.console.app.AppFrame;
import dev.parigot.web.console.app.AppPage;
import dev.parigot.web.console.part.CommandLine;
import dev.parigot.web.console.part.Moment;
import dev.parigot.web.console.part.ProblemNote;
import jakarta.annotation.security.PermitAll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One test that failed: what went wrong, in a sentence and a picture, and how to see it again. */
@PermitAll
@Route(value = "tests/:run/:test", layout = AppFrame.class)
final class FailureView extends Div implements AppPage, BeforeEnterObserver {
  private final GateRuns runs;
  private final SharedFailures shared;
  private final Addresses addresses;
  private final String by;
  private String run = "";
  private String test = "";
  private @Nullable App app;

  FailureView(GateRuns runs, SharedFailures shared, Addresses addresses, Viewer viewer) {
    this.runs = runs;
    this.shared = shared;
    this.addresses = addresses;
    this.by = viewer.account().email();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    run = event.getRouteParameters().get("run").orElse("");
    test = event.getRouteParameters().get("test").orElse("");
    app = null;
  }

  @Override
  public void show(AppFacts facts) {
    if (facts.app().equals(app)) {
      return;
    }
    app = facts.app();
    removeAll();
    Div page = new Div(new Anchor("apps/" + facts.app().name() + "/tests", "← All tests"));
    page.addClassNames("page", "failure-page");
    add(page);
    Optional<GateRun> found = find(facts.app());
    Optional<Picture> picture = found.flatMap(each -> runs.picture(each, test));
    if (found.isEmpty() || !found.get().failures().contains(test)) {
      page.add(
          new ProblemNote(
              Problem.notFound("Run " + run + " has no test \"" + test + "\" that failed.")));
      return;
    }
    page.add(
        picture
            .<Component>map(FailurePicture::new)
            .orElseGet(() ->
                new ProblemNote(
                    "This run is older than pictures are kept.",
                    List.of(),
                    "Push again to see one.")),
        origin(found.get()),
        again(found.get()));
    picture.ifPresent(_ -> page.add(new ShareLine(shared, found.get(), test, by, addresses)));
  }

  private Optional<GateRun> find(App of) {
    try {
      return runs.find(of.productionId(), Long.parseLong(run));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Component origin(GateRun run) {
    String commit = run.commit();
    Paragraph origin =
        new Paragraph(
            new Span(run.wish() == null ? "Pushed " : "Tried "),
            new Moment(run.at()),
            new Span(
                " by %s, branch %s%s."
                    .formatted(
                        run.by(),
                        run.branch(),
                        commit == null ? "" : ", commit " + RunEntry.shortened(commit))));
    origin.addClassName("soft");
    return origin;
  }

  private Component again(GateRun found) {
    Div again = new Div(new H3("See it again on your machine"));
    again.addClassName("section");
    Optional<GateRun.Found> failure =
        found.timing().stream()
            .filter(each -> each.name().equals(test))
            .map(GateRun.Explored::failure)
            .flatMap(Stream::ofNullable)
            .findFirst();
    if (failure.isEmpty()) {
      again.add(
          new CommandLine(
              "parigot test . --filter " + test, "Copy the command that runs the test"));
      return again;
    }
    String file = test + ".json";
    byte[] trace = failure.get().trace().getBytes(StandardCharsets.UTF_8);
    Anchor download =
        new Anchor(
            DownloadHandler.fromInputStream(_ ->
                new DownloadResponse(
                    new ByteArrayInputStream(trace), file, "application/json", trace.length)),
            "Download the trace");
    download.setId("trace");
    again.add(
        new Paragraph(
            download, new Span(", which repeats this very run, and in the app's folder:")),
        new CommandLine(
            "parigot replay . " + file, "Copy the command that replays the run that fails"),
        new Paragraph("Or let it be found again, without the file:"),
        new CommandLine(
            "parigot timing . --filter " + test, "Copy the command that finds the failure"));
    return again;
  }
}
