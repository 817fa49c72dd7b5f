package dev.parigot.web.problem;

import dev.parigot.problem.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What is told when a request fails outside of any controller or view. */
@Controller
class ErrorPage implements ErrorController {
  private final ProblemWriter problems;

  ErrorPage(ProblemWriter problems) {
    this.problems = problems;
  }

  @RequestMapping("/error")
  void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Problem problem = problem(request);
    if (String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
        .startsWith("/api/")) {
      problems.json(response, problem);
    } else {
      ProblemWriter.text(response, problem);
    }
  }

  private static int status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : 404;
  }

  private static Problem problem(HttpServletRequest request) {
    int status = status(request);
    if (status >= 500) {
      return Failures.told(
          request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure
              ? failure
              : null);
    }
    HttpStatus known = HttpStatus.resolve(status);
    return Problem.user(
        status,
        status == 404 ? "not-found" : "bad-request",
        (known == null ? "The request can't be answered" : known.getReasonPhrase()) + ".",
        "");
  }
}
