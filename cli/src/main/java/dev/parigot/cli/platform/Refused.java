package dev.parigot.cli.platform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a platform refused or failed to do, as it told it: what happened, why, what to do next. */
public final class Refused extends RuntimeException {
  private final int status;
  private final List<String> details;
  private final String next;

  private Refused(int status, String what, List<String> details, String next) {
    super(what);
    this.status = status;
    this.details = details;
    this.next = next;
  }

  /** From an answer that is no success; problem+json, or anything that stands between says. */
  static Refused of(int status, String body) {
    try {
      JsonNode problem = JsonMapper.shared().readTree(body);
      if (problem.path("detail").isString()) {
        return of(problem);
      }
    } catch (JacksonException e) {
      // Told below.
    }
    return new Refused(
        status,
        "The platform answered with status " + status + ", and not as a Parigot does.",
        List.of(),
        "Check its address.");
  }

  /** From a problem+json. */
  static Refused of(JsonNode problem) {
    List<String> details = new ArrayList<>();
    problem.path("details").forEach(each -> details.add(each.asString()));
    problem
        .path("fields")
        .properties()
        .forEach(field -> details.add(field.getKey() + ": " + field.getValue().asString()));
    return new Refused(
        problem.path("status").asInt(500),
        problem.path("detail").asString("The platform did not say why."),
        List.copyOf(details),
        problem.path("next").asString(""));
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Whether the fault is the platform's, and not that of what was asked. */
  public boolean platformFailed() {
    return status >= 500;
  }

  /** What happened and why. */
  public String what() {
    return String.valueOf(getMessage());
  }

  /** Every single mistake, if there are several. */
  public List<String> details() {
    return details;
  }

  public @Nullable String next() {
    return next.isEmpty() ? null : next;
  }
}
