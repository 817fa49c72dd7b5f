package dev.parigot.web.api;

import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.fleet.QueueStatus;
import dev.parigot.manifest.Fifo;
import dev.parigot.problem.Problem;
import dev.parigot.queue.DeadMessage;
import dev.parigot.queue.Messages;
import dev.parigot.release.Release;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/queues")
@Tag(name = "Queues")
class QueuesController {
  @Schema(name = "Queue")
  record Told(
      @Schema(example = "orders") String name,
      @Schema(
              description = "Null if the live release names no such queue: its messages wait.",
              nullable = true,
              example = "mailer.order_placed")
          @Nullable String deliver,
      @Schema(nullable = true) @Nullable Integer attempts,
      @Schema(nullable = true) @Nullable Integer concurrency,
      @Schema(
              type = "string",
              description =
                  "The field by which messages are in order, true for all in one, null for none.",
              nullable = true)
          @Nullable Object fifo,
      @Schema(description = "Messages that are not delivered yet.") long waiting,
      @Schema(
              description = "When the one that waits the longest was sent; null if none waits.",
              nullable = true)
          @Nullable Instant oldest,
      @Schema(description = "Deliveries under way.") int inFlight,
      @Schema(description = "Dead messages, which nothing delivers any more.") long dead,
      @Schema(description = "In the last 60 seconds.") long sentPerMinute,
      long deliveredPerMinute,
      @Schema(description = "Attempts that failed.") long failedPerMinute) {}

  @Schema(name = "DeadMessage")
  record Dead(
      long id,
      Instant sentAt,
      @Schema(nullable = true) @Nullable Instant failedAt,
      @Schema(description = "How often it was delivered.") int attempts,
      @Schema(description = "How the last attempt ended.", nullable = true)
          @Nullable String failure,
      @Schema(description = "Its size; GET …/dead/{message} answers the bytes.") int bytes) {}

  @Schema(name = "Resent")
  record Resent(int resent) {}

  private final Apps apps;
  private final Fleet fleet;
  private final Messages messages;

  QueuesController(Apps apps, Fleet fleet, Messages messages) {
    this.apps = apps;
    this.fleet = fleet;
    this.messages = messages;
  }

  @GetMapping
  @Operation(
      summary = "List the queues by name",
      description =
          "Those of the live release, and those that only hold messages of an earlier one.")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    List<QueueStatus> found =
        fleet.queues(apps.require(who.account().id(), name).id()).stream()
            .filter(queue -> queue.name().compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    return Listing.of(found, limit, QueueStatus::name, QueuesController::told);
  }

  @GetMapping("/{name}/dead")
  @Operation(
      summary = "List the dead messages of a queue, newest first",
      description = "The newest 1,000 or 64 MiB are kept.")
  Listing<Dead> dead(
      @PathVariable("app") String app,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return Listing.of(
        messages.dead(queue(app, name, who), Listing.number(after), limit + 1),
        limit,
        message -> String.valueOf(message.id()),
        QueuesController::told);
  }

  @GetMapping(path = "/{name}/dead/{message}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Operation(summary = "Read a dead message", description = "Its bytes as they were sent.")
  byte[] content(
      @PathVariable("app") String app,
      @PathVariable String name,
      @PathVariable("message") long id,
      @AuthenticationPrincipal SignedIn who) {
    return messages.content(queue(app, name, who), id).orElseThrow(() -> noSuch(name, id));
  }

  @PostMapping("/{name}/dead/{message}/resend")
  @Operation(
      summary = "Send a dead message again",
      description = "It is delivered anew, with all of the queue's attempts before it.")
  Resent resend(
      @PathVariable("app") String app,
      @PathVariable String name,
      @PathVariable("message") long id,
      @AuthenticationPrincipal SignedIn who) {
    if (!messages.resend(queue(app, name, who), id)) {
      throw noSuch(name, id);
    }
    return new Resent(1);
  }

  @PostMapping("/{name}/dead/resend")
  @Operation(summary = "Send all dead messages of a queue again")
  Resent resendAll(
      @PathVariable("app") String app,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn who) {
    return new Resent(messages.resendAll(queue(app, name, who)));
  }

  @DeleteMapping("/{name}/dead/{message}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Drop a dead message")
  void drop(
      @PathVariable("app") String app,
      @PathVariable String name,
      @PathVariable("message") long id,
      @AuthenticationPrincipal SignedIn who) {
    if (!messages.drop(queue(app, name, who), id)) {
      throw noSuch(name, id);
    }
  }

  @DeleteMapping("/{name}/dead")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Drop all dead messages of a queue")
  void dropAll(
      @PathVariable("app") String app,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn who) {
    var _ = messages.dropAll(queue(app, name, who));
  }

  private Messages.Queue queue(String app, String name, SignedIn who) {
    return new Messages.Queue(apps.require(who.account().id(), app).id(), name);
  }

  private static Problem noSuch(String queue, long id) {
    return Problem.notFound("The queue " + queue + " has no dead message " + id + ".");
  }

  private static Told told(QueueStatus queue) {
    Release.Queue declared = queue.declared();
    return new Told(
        queue.name(),
        declared == null ? null : declared.service() + "." + declared.method(),
        declared == null ? null : declared.attempts(),
        declared == null ? null : declared.places(),
        declared == null ? null : told(declared.fifo()),
        queue.figures().waiting(),
        queue.figures().oldest(),
        queue.inFlight(),
        queue.figures().dead(),
        queue.lastMinute().sent(),
        queue.lastMinute().delivered(),
        queue.lastMinute().failed());
  }

  private static @Nullable Object told(@Nullable Fifo fifo) {
    if (fifo == null) {
      return null;
    }
    return fifo.field() == null ? Boolean.TRUE : fifo.field();
  }

  private static Dead told(DeadMessage message) {
    return new Dead(
        message.id(),
        message.sentAt(),
        message.failedAt(),
        message.attempts(),
        message.failure(),
        message.bytes());
  }
}
