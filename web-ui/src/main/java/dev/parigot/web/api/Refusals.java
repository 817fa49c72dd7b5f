package dev.parigot.web.api;

import dev.parigot.problem.Problem;
import dev.parigot.web.problem.Failures;
import dev.parigot.web.problem.ProblemBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Tells everything that a request can fail with, the framework's own refusals included. */
@RestControllerAdvice
class Refusals extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  @ExceptionHandler
  ResponseEntity<Object> problem(Problem problem) {
    if (problem.status() >= 500) {
      LOG.error("{}", problem.what(), problem);
    }
    return answer(ProblemBody.of(problem), new HttpHeaders());
  }

  @ExceptionHandler
  ResponseEntity<Object> invalid(InvalidFields invalid) {
    return answer(ProblemBody.invalid(invalid.fields()), new HttpHeaders());
  }

  /** A reader that went away: nobody is there to be told. */
  @ExceptionHandler
  void gone(IOException e) {
    LOG.debug("a client went away", e);
  }

  @ExceptionHandler
  ResponseEntity<Object> defect(RuntimeException e, HttpServletRequest request) {
    LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    return answer(ProblemBody.of(Failures.told(e)), new HttpHeaders());
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Map<String, String> fields = new LinkedHashMap<>();
    e.getBindingResult()
        .getFieldErrors()
        .forEach(error -> fields.put(error.getField(), String.valueOf(error.getDefaultMessage())));
    return answer(ProblemBody.invalid(fields), headers);
  }

  @Override
  protected ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Map<String, String> fields = new LinkedHashMap<>();
    e.getParameterValidationResults()
        .forEach(result ->
            result.getResolvableErrors().stream()
                .map(MessageSourceResolvable::getDefaultMessage)
                .forEach(message ->
                    fields.put(
                        String.valueOf(result.getMethodParameter().getParameterName()),
                        String.valueOf(message))));
    return answer(ProblemBody.invalid(fields), headers);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return switch (e) {
      case MethodArgumentTypeMismatchException mismatch ->
          answer(
              ProblemBody.invalid(
                  Map.of(mismatch.getName(), "must be " + kind(mismatch.getRequiredType()))),
              headers);
      case MissingServletRequestParameterException missing ->
          answer(ProblemBody.invalid(Map.of(missing.getParameterName(), "is missing")), headers);
      default -> answer(ProblemBody.of(told(e, status.value())), headers);
    };
  }

  private static Problem told(Exception e, int status) {
    return switch (e) {
      case HttpMessageNotReadableException unreadable ->
          Problem.user(
              400,
              "body-unreadable",
              "The body is not the JSON that is expected here" + place(unreadable) + ".",
              "See /api/v1/openapi.json for what it is to be.");
      case HttpRequestMethodNotSupportedException method ->
          Problem.user(
              405,
              "method-not-allowed",
              method.getMethod() + " can't be used here.",
              "Use " + String.join(" or ", methods(method)) + ".");
      case HttpMediaTypeNotSupportedException type ->
          Problem.user(
              415,
              "media-type-unsupported",
              "A body of type " + type.getContentType() + " can't be used here.",
              "Send " + types(type.getSupportedMediaTypes()) + ".");
      case HttpMediaTypeNotAcceptableException type ->
          Problem.user(
              406,
              "not-acceptable",
              "What is here comes in none of the types that the request accepts.",
              "Accept " + types(type.getSupportedMediaTypes()) + ".");
      default ->
          status == 404
              ? Problem.notFound("There is nothing at this address.")
              : new Problem(
                  status < 500 ? Problem.Kind.USER : Problem.Kind.INTERNAL,
                  status,
                  status < 500 ? "bad-request" : "internal",
                  status < 500
                      ? "The request can't be understood."
                      : "The platform failed to do this; its log says why.",
                  "",
                  List.of());
    };
  }

  private static String place(HttpMessageNotReadableException e) {
    return e.getCause() instanceof JacksonException json && json.getLocation().getLineNr() > 0
        ? ": line "
            + json.getLocation().getLineNr()
            + ", column "
            + json.getLocation().getColumnNr()
        : "";
  }

  private static List<String> methods(HttpRequestMethodNotSupportedException e) {
    String[] supported = e.getSupportedMethods();
    return supported == null ? List.of("another method") : List.of(supported);
  }

  private static String types(List<MediaType> types) {
    return String.join(" or ", types.stream().map(MediaType::toString).distinct().toList());
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    return type == boolean.class
        ? "true or false"
        : "a " + (type == null ? "value" : type.getSimpleName().toLowerCase(Locale.ROOT));
  }

  private static ResponseEntity<Object> answer(ProblemBody body, HttpHeaders headers) {
    HttpHeaders sent = new HttpHeaders(headers);
    sent.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return ResponseEntity.status(body.status()).headers(sent).body(body);
  }
}
