package dev.parigot.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parigot.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A problem as RFC 9457 has it. */
@Schema(name = "Problem", description = "What went wrong, why, and what to do next (RFC 9457).")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(
    @Schema(
            description = "A stable identifier of the kind of problem.",
            example = "urn:parigot:problem:app-name-taken")
        String type,
    @Schema(description = "The HTTP status in words.", example = "Conflict") String title,
    @Schema(example = "409") int status,
    @Schema(
            description = "What happened and why.",
            example = "There is an app named \"shop\" already.")
        String detail,
    @Schema(description = "What to do next.", example = "Choose another name.") String next,
    @Schema(description = "Every single mistake, if there are several.") List<String> details,
    @Schema(description = "What is wrong, by the name of the field of the request.")
        Map<String, String> fields) {

  static final String TYPE_PREFIX = "urn:parigot:problem:";

  /** A problem of the platform's own. */
  public static ProblemBody of(Problem problem) {
    return new ProblemBody(
        TYPE_PREFIX + problem.type(),
        title(problem.status()),
        problem.status(),
        problem.what(),
        problem.next(),
        problem.details(),
        Map.of());
  }

  /** A request whose fields are wrong. */
  public static ProblemBody invalid(Map<String, String> fields) {
    return new ProblemBody(
        TYPE_PREFIX + "invalid-request",
        title(400),
        400,
        "The request is not valid: " + String.join(", ", fields.keySet()) + ".",
        "Correct the fields named and send it again.",
        List.of(),
        fields);
  }

  private static String title(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "Problem" : known.getReasonPhrase();
  }
}
