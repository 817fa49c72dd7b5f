package dev.parigot.web.api;

import dev.parigot.problem.Problem;
import dev.parigot.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Answers for every address of the API at which there is nothing, before the console would. */
public final class Nothing implements HttpRequestHandler {
  /** After the controllers, before the console, which answers to any address. */
  private static final int ORDER = 1;

  private final ProblemWriter problems;

  private Nothing(ProblemWriter problems) {
    this.problems = problems;
  }

  /** Where it stands. */
  public static SimpleUrlHandlerMapping mapping(ProblemWriter problems) {
    return new SimpleUrlHandlerMapping(Map.of("/api/**", new Nothing(problems)), ORDER);
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problems.json(
        response,
        Problem.user(
            404,
            "not-found",
            "There is nothing at " + request.getRequestURI() + ".",
            "See /api/v1/openapi.json for what there is."));
  }
}
