package dev.parigot.replay;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.gateway.Gateway;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.Routes;
import dev.parigot.gateway.Served;
import dev.parigot.gateway.SiteFile;
import dev.parigot.local.AppCode;
import dev.parigot.local.InMemoryApp;
import dev.parigot.local.Line;
import dev.parigot.local.Setting;
import dev.parigot.manifest.Manifest;
import dev.parigot.replay.Recording.Event;
import dev.parigot.replay.Recording.Request;
import dev.parigot.situation.User;
import dev.parigot.timing.Scheduler;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Stalled;
import dev.parigot.timing.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes what happened in a recording happen again, to the modules of an app as they are now: in
 * memory, one guest at a time, on a clock that stands where it stood then.
 */
public final class Replay {
  private static final int MOST_STEPS = 10_000_000;
  private static final String INSTANCE = "random of ";

  /** From here on the text of an answer is the engine's. */
  private static final int FAILED = 500;

  private final Engine engine;
  private final AppCode code;
  private final Executor threads;
  private final Duration patience;
  private final Routes routes;

  /**
   * @param threads runs guests; grows with need
   * @param patience how long, in real time, a guest may compute without a host call
   */
  public Replay(Engine engine, AppCode code, Executor threads, Duration patience) {
    this.engine = engine;
    this.code = code;
    this.threads = threads;
    this.patience = patience;
    this.routes = routes(code);
  }

  /** What came of each step but the start, in their order. */
  public List<Replayed> run(Recording recording, Seed seed) throws InterruptedException {
    long began =
        TimeUnit.SECONDS.toNanos(recording.began().getEpochSecond()) + recording.began().getNano();
    Tape tape = new Tape(began);
    Setting test = Setting.ofTests(code.manifest(), part -> seed.of(part).generator());
    Setting setting =
        new Setting(
            recording.began(),
            recording.config(),
            false,
            part ->
                part.startsWith(INSTANCE)
                    ? tape.random(serviceOf(part), test.random().apply(part))
                    : test.random().apply(part),
            tape::clock,
            tape.outside(test.outbound()));
    List<Line> log = new ArrayList<>();
    List<Replayed> replayed = new ArrayList<>();
    try (InMemoryApp app =
        new InMemoryApp(
            engine,
            code,
            new Scheduler(Strategy.runToCompletion(), threads, MOST_STEPS),
            setting,
            patience,
            (service, instance, level, message, call) ->
                log.add(new Line(service, instance, level, message, call)))) {
      recording.data().forEach(entry -> change(app, entry));
      for (Recording.Step step : recording.steps()) {
        app.advanceTo(step.at());
        tape.insert(step.given());
        switch (step.event()) {
          case Event.Started _ -> app.start();
          case Event.Changed(Recording.Entry entry) -> change(app, entry);
          case Event.Asked asked -> replayed.add(ask(app, asked, log));
          case Event.Fired fired -> replayed.add(fire(app, fired, log));
        }
        log.clear();
      }
    }
    return replayed;
  }

  /** An instance's name is its service's and a number. */
  private static String serviceOf(String part) {
    return part.substring(INSTANCE.length(), part.lastIndexOf('-'));
  }

  private static void change(InMemoryApp app, Recording.Entry entry) {
    if (entry.value() == null) {
      app.keyValue().delete(entry.key());
    } else {
      app.keyValue().put(entry.key(), entry.value());
    }
  }

  private Replayed ask(InMemoryApp app, Event.Asked asked, List<Line> log)
      throws InterruptedException {
    Request request = asked.request();
    String what = request.method() + " " + request.path();
    List<String> differences = new ArrayList<>();
    Visit visit = new Visit(app);
    GatewayResponse answer = new Gateway(visit).answer(sent(request));
    if (visit.interrupted) {
      throw new InterruptedException();
    }
    if (visit.stalled != null) {
      differences.add("stalled: " + visit.stalled);
    } else {
      if (answer.status() != asked.status()) {
        differences.add("the status was " + asked.status() + " and is " + answer.status());
      }
      if (answer.status() < FAILED || answer.status() != asked.status()) {
        List<String> lines = Difference.of(asked.body(), answer.body());
        if (!lines.isEmpty()) {
          differences.add("the body is not what it was:");
          lines.forEach(line -> differences.add("  " + line));
        }
      }
    }
    return new Replayed(what, String.valueOf(asked.status()), differences, log);
  }

  private Replayed fire(InMemoryApp app, Event.Fired fired, List<Line> log)
      throws InterruptedException {
    List<String> differences = new ArrayList<>();
    if (code.manifest().cron().containsKey(fired.schedule())) {
      long now = Integer.toUnsignedLong(app.fire(fired.schedule()).code());
      if (now != fired.code()) {
        differences.add("it ended with " + told(fired.code()) + " and ends with " + told(now));
      }
    } else {
      differences.add("the manifest has no schedule " + fired.schedule() + " any more");
    }
    return new Replayed("cron " + fired.schedule(), told(fired.code()), differences, log);
  }

  private static String told(long code) {
    return code == 0 ? "no error" : "error " + code;
  }

  private static GatewayRequest sent(Request request) {
    int query = request.path().indexOf('?');
    return new GatewayRequest(
        request.method(),
        query < 0 ? request.path() : request.path().substring(0, query),
        query < 0 ? "" : request.path().substring(query + 1),
        request.headers(),
        request.body(),
        "127.0.0.1",
        "",
        request.user());
  }

  private static Routes routes(AppCode code) {
    Manifest manifest = code.manifest();
    List<Routes.Declared> declared = new ArrayList<>();
    for (String name : manifest.services().keySet()) {
      Contract contract = code.contract(name);
      boolean command = contract.kind() == Kind.COMMAND;
      List<String> methods =
          command ? List.of(Routes.HTTP) : contract.methods().stream().map(Method::name).toList();
      declared.add(
          new Routes.Declared(
              name,
              command,
              manifest.exposure(name, contract),
              Objects.requireNonNull(manifest.services().get(name)).signedIn(),
              methods));
    }
    Manifest.Site site = manifest.site();
    return new Routes(declared, site == null ? null : site.service());
  }

  /** The app during one request. Files of its site are not recorded, as no service answers them. */
  private final class Visit implements Served {
    private final InMemoryApp app;
    private @Nullable String stalled;
    private boolean interrupted;

    Visit(InMemoryApp app) {
      this.app = app;
    }

    @Override
    public Routes routes() {
      return routes;
    }

    @Override
    public CallOutcome call(String service, String method, byte[] request, @Nullable User user) {
      try {
        return app.call(service, method, request, user);
      } catch (Stalled e) {
        stalled = String.valueOf(e.getMessage());
      } catch (InterruptedException e) {
        interrupted = true;
      }
      return new CallOutcome.Failed(FAILED, "it did not end");
    }

    @Override
    public Optional<SiteFile> file(String path) {
      return Optional.empty();
    }

    @Override
    public boolean hasFile(String path) {
      return false;
    }

    /** The text is that of the answer, too. */
    @Override
    public void tell(String service, String error) {}
  }
}
