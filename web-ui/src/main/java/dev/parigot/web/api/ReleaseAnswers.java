package dev.parigot.web.api;

import dev.parigot.pipeline.Lively;
import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import dev.parigot.release.Release;
import dev.parigot.web.problem.Failures;
import dev.parigot.web.problem.ProblemBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests that make a release: with the release when it is live, or, for a client that
 * accepts server-sent events, with what happens as it happens and the outcome in the end.
 */
public final class ReleaseAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseAnswers.class);

  private final JsonMapper json;
  private final Executor threads;

  /**
   * @param threads on which a stream is kept from falling silent, one for each
   */
  public ReleaseAnswers(JsonMapper json, Executor threads) {
    this.json = json;
    this.threads = threads;
  }

  /** Who waits for the release. */
  interface Client extends Progress {
    /** Whether it is known to have gone away. */
    boolean gone();
  }

  /** What makes the release, and throws a {@code Problem} if it can't. */
  interface Deployment {
    Release run(Client client);
  }

  void answer(HttpServletRequest request, HttpServletResponse response, Deployment deployment)
      throws IOException {
    String accepted = String.valueOf(request.getHeader("Accept"));
    if (accepted.contains(MediaType.TEXT_EVENT_STREAM_VALUE)) {
      stream(response, deployment);
    } else {
      byte[] body = json.writeValueAsBytes(told(deployment.run(Unseen.CLIENT)));
      response.setStatus(HttpStatus.CREATED.value());
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.getOutputStream().write(body);
    }
  }

  private void stream(HttpServletResponse response, Deployment deployment) throws IOException {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    Events events = new Events(response.getOutputStream());
    try (Lively lively = Lively.of(events, threads)) {
      Release release = deployment.run(new Watching(lively, events));
      lively.close();
      events.send("release", told(release));
    } catch (Problem problem) {
      if (problem.status() >= 500) {
        LOG.error("{}", problem.what(), problem);
      }
      events.send("problem", ProblemBody.of(problem));
    } catch (RuntimeException e) {
      LOG.error("a deployment failed", e);
      events.send("problem", ProblemBody.of(Failures.told(e)));
    }
  }

  private static ReleasesController.Told told(Release release) {
    return ReleasesController.told(release);
  }

  /** One that waits for the outcome only. */
  private enum Unseen implements Client {
    CLIENT;

    @Override
    public void step(String text) {}

    @Override
    public void detail(String text) {}

    @Override
    public boolean gone() {
      return false;
    }
  }

  /** One that reads along. */
  private record Watching(Progress progress, Events events) implements Client {
    @Override
    public void step(String text) {
      progress.step(text);
    }

    @Override
    public void detail(String text) {
      progress.detail(text);
    }

    @Override
    public boolean gone() {
      return events.gone();
    }
  }

  private final class Events implements Progress {
    private final OutputStream out;
    private volatile boolean gone;

    Events(OutputStream out) {
      this.out = out;
    }

    @Override
    public void step(String text) {
      send("step", Map.of("text", text));
    }

    @Override
    public void detail(String text) {
      send("detail", Map.of("text", text));
    }

    /** Writes a comment first: only who writes hears of a client that went away. */
    boolean gone() {
      write(": about to be accepted\n\n");
      return gone;
    }

    void send(String event, Object data) {
      write("event: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n");
    }

    private synchronized void write(String text) {
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        // What was accepted goes on all the same.
        gone = true;
      }
    }
  }
}
