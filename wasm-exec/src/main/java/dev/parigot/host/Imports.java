package dev.parigot.host;

import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Situation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/** Everything that one instance may import. */
public final class Imports {
  private static final AsyncCalls REFUSING = (_, _, _, _) -> Optional.empty();

  private final Gate gate;
  private final Situation situation;
  private final Futures futures;
  private final CallLog log;
  private final Stdio stdio;
  private final WasiImports wasi;

  private Imports(
      Gate gate,
      Situation situation,
      String service,
      CallLog log,
      Stdio stdio,
      Supplier<Map<String, String>> environment) {
    this.gate = gate;
    this.situation = situation;
    this.futures = new Futures(gate, situation.time());
    this.log = log;
    this.stdio = stdio;
    this.wasi =
        new WasiImports(
            gate, situation.time(), situation.random(), stdio, List.of(service), environment);
  }

  /**
   * Of a service or a plain module: its output goes to the log, its environment is the
   * configuration.
   */
  public static Imports of(Guest guest, Situation situation, String service) {
    Gate gate = new Gate(guest, situation.interceptor());
    CallLog log = new CallLog(gate, situation.log());
    return new Imports(
        gate, situation, service, log, new LoggedStdio(log), situation::configuration);
  }

  /** Of a command: its streams and its environment are those of {@link #begin}. */
  public static Imports ofCommand(Guest guest, Situation situation, String service) {
    Gate gate = new Gate(guest, situation.interceptor());
    CallLog log = new CallLog(gate, situation.log());
    CommandStdio stdio = new CommandStdio(log);
    return new Imports(gate, situation, service, log, stdio, stdio::environment);
  }

  /** The program that a command is from now on. */
  public void begin(Program program) {
    if (stdio instanceof CommandStdio command) {
      command.begin(program);
    }
  }

  /** Empty if nothing provides that import. */
  public Optional<ProxyExecutable> function(String module, String name) {
    ImportModule provider = module(module);
    return provider == null ? Optional.empty() : Optional.ofNullable(provider.function(name));
  }

  private @Nullable ImportModule module(String name) {
    return switch (name) {
      case KeyValueImports.NAME -> new KeyValueImports(gate, situation.keyValue());
      case ConfigImports.NAME -> new ConfigImports(gate, situation.configuration());
      case LogImports.NAME -> new LogImports(gate, log);
      case ClockImports.NAME -> new ClockImports(gate, situation.time());
      case RandomImports.NAME -> new RandomImports(gate, situation.random());
      case QueueImports.NAME -> new QueueImports(gate, situation.queues());
      case ChannelImports.NAME -> new ChannelImports(gate, situation.channels());
      case TestImports.NAME ->
          situation.test() == null ? null : new TestImports(gate, situation.test());
      case HttpImports.NAME -> new HttpImports(gate, situation.outbound());
      case CallImports.NAME -> new CallImports(gate);
      case Futures.NAME -> futures;
      case WasiImports.NAME -> wasi;
      default -> callee(name);
    };
  }

  private @Nullable ImportModule callee(String module) {
    if (module.startsWith(ServiceImports.PREFIX)) {
      String service = module.substring(ServiceImports.PREFIX.length());
      return new ServiceImports(gate, situation.services(), service);
    }
    if (module.startsWith(AsyncImports.PREFIX)) {
      String service = module.substring(AsyncImports.PREFIX.length());
      AsyncCalls calls = situation.async();
      return new AsyncImports(gate, calls == null ? REFUSING : calls, futures, service);
    }
    return null;
  }

  /** To be called when a call has ended, whichever way. */
  public void callHasEnded() {
    futures.callHasEnded();
    stdio.flush();
    log.callHasEnded();
  }
}
