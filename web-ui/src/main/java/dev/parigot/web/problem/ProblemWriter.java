package dev.parigot.web.problem;

import dev.parigot.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller is involved. */
public final class ProblemWriter {
  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /** As problem+json. */
  public void json(HttpServletResponse response, Problem problem) throws IOException {
    write(
        response,
        problem.status(),
        MediaType.APPLICATION_PROBLEM_JSON_VALUE,
        json.writeValueAsBytes(ProblemBody.of(problem)));
  }

  /** As text of a few lines, for git and for browsers that are not at the console. */
  public static void text(HttpServletResponse response, Problem problem) throws IOException {
    StringBuilder text = new StringBuilder(problem.what()).append('\n');
    problem.details().forEach(line -> text.append(line).append('\n'));
    if (!problem.next().isEmpty()) {
      text.append(problem.next()).append('\n');
    }
    write(
        response,
        problem.status(),
        "text/plain;charset=utf-8",
        text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpServletResponse response, int status, String type, byte[] body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
