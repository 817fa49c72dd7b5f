package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Method;
import dev.parigot.contract.Role;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.http.Cgi;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.HttpResponse;
import dev.parigot.http.MalformedMessage;
import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Call;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.InMemoryKeyValue;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Refused;
import dev.parigot.situation.Situation;
import dev.parigot.situation.TestControl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An app in memory, whose services can call each other, on the engine of the tests. */
final class ConformanceHost implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  /** Far away: tests move the clock. */
  private static final Duration TEST_TIMEOUT = Duration.ofDays(365);

  private static final int ASYNC_THREADS = 8;

  /** Of a queue, unless it says otherwise. */
  private static final int ATTEMPTS = 5;

  private record Service(String name, Code code, Duration timeout, Deque<Instance> idle) {}

  private record Message(String queue, byte[] bytes) {}

  final InMemoryKeyValue keyValue = new InMemoryKeyValue();
  final List<String> hostCalls = new CopyOnWriteArrayList<>();
  final List<ConformanceSuite.Log> logs = new CopyOnWriteArrayList<>();
  final ConformanceOutside outside;

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Map<String, ConformanceSuite.Queue> queues;
  private final Map<String, String> schedules;
  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<CallOutcome>> started = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(ASYNC_THREADS);
  private final AtomicInteger calls = new AtomicInteger();
  private final ConformanceTime time = new ConformanceTime();
  private final Situation situation;

  /** {@code files} are the modules by the names that the setting has for them. */
  ConformanceHost(ConformanceSuite.Setting setting, Function<String, byte[]> files) {
    setting
        .services()
        .forEach((name, service) ->
            services.put(name, made(name, service, files.apply(service.wasm()))));
    this.queues = setting.queues();
    this.schedules = setting.schedules();
    this.outside =
        new ConformanceOutside(
            setting.outside() == null
                ? new ConformanceSuite.Outside(List.of(), List.of())
                : setting.outside());
    this.situation =
        new Situation(
            "test",
            keyValue,
            setting.config(),
            (service, _, level, message, _) ->
                logs.add(new ConformanceSuite.Log(service, level, message)),
            time,
            new Random(7),
            this::call,
            this::start,
            this::enqueue,
            outside,
            new Control(),
            new Recorder());
  }

  private static Service made(String name, ConformanceSuite.Service wanted, byte[] module) {
    Role role = "test".equals(wanted.role()) ? Role.TEST : Role.SERVICE;
    Code code =
        Guests.ENGINE.code("conformance:" + Arrays.hashCode(module), module, Limits.DEFAULT, role);
    Duration otherwise = role == Role.TEST ? TEST_TIMEOUT : TIMEOUT;
    Integer timeout = wanted.timeoutMs();
    return new Service(
        name,
        code,
        timeout == null ? otherwise : Duration.ofMillis(timeout),
        new ConcurrentLinkedDeque<>());
  }

  private Service service(String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new Refused(404, "there is no service " + name);
    }
    return service;
  }

  private long deadline(Service service) {
    return time.monotonicNanos() + service.timeout().toNanos();
  }

  List<Method> methods(String service) {
    return service(service).code().contract().methods();
  }

  /** Starts an instance of each service that can start, each after those that it calls. */
  void start() {
    Map<String, Contract> contracts = new LinkedHashMap<>();
    services.forEach((name, service) -> contracts.put(name, service.code().contract()));
    for (String name : ServiceGraph.of(contracts).order()) {
      Service service = service(name);
      try {
        service.idle().push(instantiate(service));
      } catch (CannotStart _) {
        // The calls of the case will be told.
      }
    }
  }

  private Instance instantiate(Service service) {
    return Guests.ENGINE.instantiate(
        service.code(), service.name(), service.name() + "-1", situation);
  }

  /** A call from outside. */
  CallOutcome call(String service, String method, byte[] request) {
    return call(service, method, request, 1);
  }

  private CallOutcome call(String service, String method, byte[] request, int attempt) {
    try {
      Service callee = service(service);
      return run(callee, method, null, deadline(callee), attempt, request);
    } catch (Refused e) {
      return new CallOutcome.Failed(e.code(), e.message());
    }
  }

  /** A request from outside for everything under {@code /SERVICE/}. */
  HttpResponse http(String service, byte[] message) {
    HttpRequest request = HttpRequest.read(message);
    boolean command = service(service).code().contract().kind() == Kind.COMMAND;
    CallOutcome outcome = call(service, "http", request.bytes());
    try {
      return switch (outcome) {
        case CallOutcome.Returned returned when command ->
            ((Cgi.Answer.Response) Cgi.read(returned.response(), request.method())).response();
        case CallOutcome.Returned returned ->
            HttpResponse.read(returned.response(), request.method());
        case CallOutcome.Failed failed -> error(failed.code(), failed.message());
        case CallOutcome.Trapped trapped when command -> error(502, trapped.reason());
        case CallOutcome.Trapped trapped -> error(outcome.code(), trapped.reason());
        case CallOutcome.LimitReached reached -> error(outcome.code(), reached.limit().name());
      };
    } catch (MalformedMessage e) {
      return error(502, e.reason());
    }
  }

  private static HttpResponse error(int code, String text) {
    Headers headers = Headers.of("Content-Type", "text/plain");
    boolean own = Integer.compareUnsigned(code, 1000) >= 0;
    return new HttpResponse(
        own ? 422 : code,
        own ? headers.and("Parigot-Error", Integer.toUnsignedString(code)) : headers,
        text.getBytes(StandardCharsets.UTF_8));
  }

  private CallOutcome call(Call caller, String service, String method, byte[] request) {
    Service callee = service(service);
    long own = deadline(callee);
    long deadline = caller.deadlineNanos() - own < 0 ? caller.deadlineNanos() : own;
    return run(callee, method, caller.service(), deadline, 1, request);
  }

  private CallOutcome run(
      Service callee,
      String method,
      @Nullable String caller,
      long deadline,
      int attempt,
      byte[] request) {
    Instance instance = callee.idle().poll();
    try {
      instance = instance == null ? instantiate(callee) : instance;
    } catch (CannotStart e) {
      return e.outcome();
    }
    String id = "call-" + calls.incrementAndGet();
    CallOutcome outcome =
        instance.call(
            new Call(id, callee.name(), method, caller, deadline, attempt, TRACE), request);
    if (instance.usable()) {
      callee.idle().push(instance);
    }
    return outcome;
  }

  private Optional<AsyncCalls.PendingCall> start(
      Call caller, String service, String method, byte[] request) {
    Service callee = service(service);
    long deadline = deadline(callee);
    CompletableFuture<CallOutcome> result =
        CompletableFuture.supplyAsync(
            () -> run(callee, method, caller.service(), deadline, 1, request), threads);
    started.add(result);
    return Optional.of(new Pending(result));
  }

  private void enqueue(Call caller, String queue, byte[] message) {
    if (!queues.containsKey(queue)) {
      throw new Refused(404, "there is no queue " + queue);
    }
    messages.add(new Message(queue, message));
  }

  private record Pending(CompletableFuture<CallOutcome> result) implements AsyncCalls.PendingCall {
    @Override
    public boolean done() {
      return result.isDone();
    }

    @Override
    public Optional<CallOutcome> await(long nanos) throws InterruptedException {
      try {
        return Optional.of(result.get(nanos, TimeUnit.NANOSECONDS));
      } catch (TimeoutException _) {
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Waits until every call that was started has ended and every message has been delivered. */
  void settle() {
    int ended = 0;
    while (ended < started.size() || !messages.isEmpty()) {
      for (; ended < started.size(); ended++) {
        started.get(ended).join();
      }
      for (Message next = messages.poll(); next != null; next = messages.poll()) {
        deliver(next);
      }
    }
  }

  private void deliver(Message message) {
    ConformanceSuite.Queue queue = Objects.requireNonNull(queues.get(message.queue()));
    int attempts = queue.attempts() == null ? ATTEMPTS : queue.attempts();
    for (int attempt = 1; attempt <= attempts; attempt++) {
      if (callNamed(queue.deliver(), message.bytes(), attempt) instanceof CallOutcome.Returned) {
        return;
      }
    }
  }

  /**
   * @param callee as in the manifest: {@code service.method}
   */
  private CallOutcome callNamed(String callee, byte[] request, int attempt) {
    String[] names = callee.split("\\.", 2);
    return call(names[0], names[1], request, attempt);
  }

  private final class Control implements TestControl {
    @Override
    public void advance(long nanos) {
      time.advance(nanos);
    }

    @Override
    public void quiesce() {
      settle();
    }

    @Override
    public CallOutcome runCron(Call caller, String name) {
      String callee = schedules.get(name);
      if (callee == null) {
        throw new Refused(404, "there is no schedule " + name);
      }
      return callNamed(callee, new byte[0], 1);
    }
  }

  private final class Recorder implements Interceptor {
    @Override
    public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
      String key = new String(call.key(), StandardCharsets.UTF_8);
      hostCalls.add((call.module() + " " + call.function() + " " + key).strip());
      return effect.get();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    services.values().forEach(service -> service.idle().forEach(Instance::close));
  }
}
