package dev.parigot.fleet;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.problem.Problem;
import dev.parigot.release.ReleasedService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first instances of a deployment's new services: started side by side, but each after those of
 * the services that it calls and waits for, and asked for their health if they can tell it.
 */
final class Starts {
  private static final Logger log = LoggerFactory.getLogger(Starts.class);
  private static final String HEALTH = "health";
  private static final CompletableFuture<@Nullable Void> DONE =
      CompletableFuture.completedFuture(null);

  private final RunningDeployment deployment;
  private final @Nullable RunningDeployment before;
  private final Executor guests;
  private final Function<RunningService, CallOutcome> health;
  private final Map<String, CompletableFuture<@Nullable Void>> starts = new HashMap<>();

  /**
   * Services that share their pool with the deployment before are running already.
   *
   * @param health calls the method {@code health} of a service, on the calling thread
   */
  Starts(
      RunningDeployment deployment,
      @Nullable RunningDeployment before,
      Executor guests,
      Function<RunningService, CallOutcome> health) {
    this.deployment = deployment;
    this.before = before;
    this.guests = guests;
    this.health = health;
  }

  /** Starts all and waits for them. A {@code Problem} that names those that can't start. */
  void run() {
    deployment.services().forEach(this::of);
    List<String> failures = new ArrayList<>();
    for (RunningService service : deployment.services()) {
      String failure = failure(of(service));
      if (failure != null) {
        failures.add(service.name() + ": " + failure);
      }
    }
    if (!failures.isEmpty()) {
      throw new Problem(
          Problem.Kind.USER,
          422,
          "service-cannot-start",
          failures.size() == 1
              ? "A service can't start."
              : failures.size() + " services can't start.",
          "Mend what the message names, and deploy again.",
          failures);
    }
  }

  /** Ends, because calls that are waited for form no cycle. */
  private CompletableFuture<@Nullable Void> of(RunningService service) {
    CompletableFuture<@Nullable Void> known = starts.get(service.name());
    if (known != null) {
      return known;
    }
    CompletableFuture<@Nullable Void> start = isRunning(service) ? DONE : begin(service);
    starts.put(service.name(), start);
    return start;
  }

  private boolean isRunning(RunningService service) {
    RunningService old = before == null ? null : before.service(service.name());
    return old != null && old.pool() == service.pool();
  }

  private CompletableFuture<@Nullable Void> begin(RunningService service) {
    CompletableFuture<?>[] callees =
        service.released().dependsOn().stream()
            .filter(call -> !call.async())
            .map(ReleasedService.Call::service)
            .distinct()
            .map(deployment::service)
            .filter(Objects::nonNull)
            .map(this::of)
            .toArray(CompletableFuture[]::new);
    // One that fails holds nobody up: all that can't start are to be told.
    return CompletableFuture.allOf(callees)
        .<@Nullable Void>handle((_, _) -> null)
        .thenRunAsync(() -> prove(service), guests);
  }

  private void prove(RunningService service) {
    service.pool().warm(1);
    if (service.released().methods().contains(HEALTH)) {
      CallOutcome outcome = health.apply(service);
      if (!(outcome instanceof CallOutcome.Returned)) {
        throw new Unwell("its method health " + said(outcome));
      }
    }
  }

  private static String said(CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Failed(int code, String message, boolean _) ->
          ("answered with the error " + code + ": " + message).strip();
      case CallOutcome.Trapped trapped -> "trapped: " + trapped.reason();
      case CallOutcome.LimitReached(CallOutcome.Limit limit) ->
          switch (limit) {
            case TIME -> "did not answer within the service's timeout";
            case MEMORY -> "ran out of memory";
          };
      case CallOutcome.Returned _ -> "answered";
    };
  }

  /** A service that has started and says that it can't serve. */
  private static final class Unwell extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unwell(String message) {
      super(message);
    }
  }

  /** Why a start failed, in the words for who deploys; null if it did not. */
  private static @Nullable String failure(CompletableFuture<@Nullable Void> start) {
    try {
      start.get();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted while it was being started";
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case CannotStart cannot -> String.valueOf(cannot.getMessage());
        case Unwell unwell -> String.valueOf(unwell.getMessage());
        case Problem problem -> throw problem;
        case RejectedExecutionException _ -> throw tooBusy();
        case null, default -> {
          log.error("A service could not be started", e);
          yield "the platform failed while it was being started";
        }
      };
    }
  }

  private static Problem tooBusy() {
    return new Problem(
        Problem.Kind.RESOURCE,
        503,
        "too-busy",
        "The platform has too many calls waiting to start anything now.",
        "Try again later.",
        List.of());
  }
}
