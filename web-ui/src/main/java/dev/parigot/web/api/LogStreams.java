package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.observe.Events;
import dev.parigot.observe.LogLine;
import dev.parigot.observe.Logs;
import dev.parigot.observe.Subscription;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends log lines as server-sent events, on the thread of the request, which is a virtual one. A
 * reader that is too slow misses lines, and is told how many.
 */
public final class LogStreams {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int WAITING = 2_000;

  private final Apps apps;
  private final Logs logs;
  private final Events events;
  private final JsonMapper json;
  private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();

  public LogStreams(Apps apps, Logs logs, Events events, JsonMapper json) {
    this.apps = apps;
    this.events = events;
    this.logs = logs;
    this.json = json;
  }

  /** Ends every stream, so that the server can stop. */
  @EventListener(ContextClosedEvent.class)
  public void close() {
    feeds.forEach(Feed::end);
  }

  /** Sends lines until the reader goes away, the app is deleted or the platform stops. */
  void send(
      HttpServletResponse response,
      App app,
      long after,
      int limit,
      @Nullable String service,
      LogLine.@Nullable Level atLeast)
      throws IOException {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    Feed feed = new Feed(service, atLeast);
    feeds.add(feed);
    try (Subscription _ = logs.follow(app.id(), feed::offer);
        Subscription _ =
            events.follow(
                app.id(),
                event -> {
                  if (event == Events.Event.DELETED) {
                    feed.end();
                  }
                })) {
      OutputStream out = response.getOutputStream();
      long last = after;
      for (LogLine line : logs.read(app.id(), after, limit, service, atLeast)) {
        write(out, line);
        last = line.sequence();
      }
      response.flushBuffer();
      follow(feed, out, app, last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feeds.remove(feed);
    }
  }

  void json(HttpServletResponse response, Object body) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(body));
  }

  private void follow(Feed feed, OutputStream out, App app, long sent)
      throws IOException, InterruptedException {
    long last = sent;
    while (!feed.ended()) {
      LogLine line = feed.poll(HEARTBEAT);
      if (line == null) {
        if (apps.byId(app.id()).isEmpty()) {
          return;
        }
        out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
      }
      for (; line != null; line = feed.poll(Duration.ZERO)) {
        if (line.sequence() > last) {
          write(out, line);
          last = line.sequence();
        }
      }
      long missed = feed.missed();
      if (missed > 0) {
        out.write(("event: missed\ndata: " + missed + "\n\n").getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
    }
  }

  private void write(OutputStream out, LogLine line) throws IOException {
    String data = json.writeValueAsString(LogsController.Told.of(line));
    out.write(
        ("id: " + line.sequence() + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The lines between those who write them, who must not wait, and the one who sends them. */
  private static final class Feed {
    private final BlockingQueue<Optional<LogLine>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong missed = new AtomicLong();
    private volatile boolean ended;
    private final @Nullable String service;
    private final LogLine.@Nullable Level atLeast;

    Feed(@Nullable String service, LogLine.@Nullable Level atLeast) {
      this.service = service;
      this.atLeast = atLeast;
    }

    void offer(LogLine line) {
      boolean wanted =
          (service == null || service.equals(line.service()))
              && (atLeast == null || line.level().compareTo(atLeast) >= 0);
      if (wanted && !waiting.offer(Optional.of(line))) {
        missed.incrementAndGet();
      }
    }

    /** Nothing more will come; whoever waits for a line stops waiting. */
    void end() {
      ended = true;
      var _ = waiting.offer(Optional.empty());
    }

    boolean ended() {
      return ended;
    }

    /** The next line, or null if none came in time or the feed has ended. */
    @Nullable LogLine poll(Duration patience) throws InterruptedException {
      Optional<LogLine> next = waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      return next == null ? null : next.orElse(null);
    }

    long missed() {
      return missed.getAndSet(0);
    }
  }
}
