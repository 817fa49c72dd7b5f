package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.ServiceGraph;
import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Call;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.InMemoryKeyValue;
import dev.parigot.situation.Interceptor;
import dev.parigot.situation.Situation;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The services of one case of the suite, which can call each other, on the engine of the tests. */
final class ConformanceHost implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final int ASYNC_THREADS = 8;

  private record Service(String name, Code code, Duration timeout, Deque<Instance> idle) {
    long deadline() {
      return System.nanoTime() + timeout.toNanos();
    }
  }

  final InMemoryKeyValue keyValue = new InMemoryKeyValue();
  final List<String> hostCalls = new CopyOnWriteArrayList<>();
  final List<ConformanceSuite.Log> logs = new CopyOnWriteArrayList<>();

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final List<CompletableFuture<CallOutcome>> started = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(ASYNC_THREADS);
  private final AtomicInteger calls = new AtomicInteger();
  private final Situation situation;

  ConformanceHost(Map<String, ConformanceSuite.Service> wanted, Map<String, String> configuration) {
    wanted.forEach((name, service) -> services.put(name, made(name, service)));
    this.situation =
        new Situation(
            "test",
            keyValue,
            configuration,
            (service, _, level, message, _) ->
                logs.add(new ConformanceSuite.Log(service, level, message)),
            TestSituation.REAL,
            new Random(7),
            this::call,
            this::start,
            null,
            null,
            null,
            new Recorder());
  }

  private static Service made(String name, ConformanceSuite.Service wanted) {
    Code code =
        Guests.ENGINE.code(
            "conformance:" + wanted.wasm(), ConformanceSuite.module(wanted.wasm()), Limits.DEFAULT);
    Integer timeout = wanted.timeoutMs();
    return new Service(
        name,
        code,
        timeout == null ? TIMEOUT : Duration.ofMillis(timeout),
        new ConcurrentLinkedDeque<>());
  }

  private Service service(String name) {
    return Objects.requireNonNull(services.get(name), name);
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
    Service callee = service(service);
    return run(callee, method, null, callee.deadline(), request);
  }

  private CallOutcome call(Call caller, String service, String method, byte[] request) {
    Service callee = service(service);
    long own = callee.deadline();
    long deadline = caller.deadlineNanos() - own < 0 ? caller.deadlineNanos() : own;
    return run(callee, method, caller.service(), deadline, request);
  }

  private CallOutcome run(
      Service callee, String method, @Nullable String caller, long deadline, byte[] request) {
    Instance instance = callee.idle().poll();
    try {
      instance = instance == null ? instantiate(callee) : instance;
    } catch (CannotStart e) {
      return e.outcome();
    }
    String id = "call-" + calls.incrementAndGet();
    CallOutcome outcome =
        instance.call(new Call(id, callee.name(), method, caller, deadline, 1, TRACE), request);
    if (instance.usable()) {
      callee.idle().push(instance);
    }
    return outcome;
  }

  private Optional<AsyncCalls.PendingCall> start(
      Call caller, String service, String method, byte[] request) {
    Service callee = service(service);
    long deadline = callee.deadline();
    CompletableFuture<CallOutcome> result =
        CompletableFuture.supplyAsync(
            () -> run(callee, method, caller.service(), deadline, request), threads);
    started.add(result);
    return Optional.of(new Pending(result));
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

  /** Waits until every call that was started has ended. */
  void settle() {
    started.forEach(CompletableFuture::join);
  }

  private final class Recorder implements Interceptor {
    @Override
    public <T extends @Nullable Object> T around(HostCall call, Supplier<T> effect) {
      String key = new String(call.key(), java.nio.charset.StandardCharsets.UTF_8);
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
