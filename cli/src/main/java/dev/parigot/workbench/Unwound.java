package dev.parigot.workbench;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Code;
import dev.parigot.engine.Engine;
import dev.parigot.engine.Limits;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.situation.Call;
import dev.parigot.situation.Situation;
import dev.parigot.wasm.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A program of a pool of instances for each service. */
final class Unwound implements Program {
  private static final long PAGE = 1 << 16;

  /** In the order in which they start. */
  private final Map<String, Pool> pools = new LinkedHashMap<>();

  private final Conduct.Lease lease;

  private Unwound(Conduct.Lease lease) {
    this.lease = lease;
  }

  /**
   * Throws {@link Blueprint.Unreadable} if a file can't be read any more, {@link
   * dev.parigot.engine.CannotStart} if the engine can't run one.
   *
   * @param elsewhere services that don't run here
   */
  static Unwound load(
      Conduct conduct,
      Blueprint app,
      Blueprint.Files files,
      Set<String> elsewhere,
      Situation situation)
      throws Blueprint.Unreadable {
    Unwound program = new Unwound(conduct.engine());
    try {
      program.fill(conduct, app, files, elsewhere, situation);
      return program;
    } catch (Blueprint.Unreadable | CannotStart e) {
      program.close();
      throw e;
    }
  }

  private void fill(
      Conduct conduct,
      Blueprint app,
      Blueprint.Files files,
      Set<String> elsewhere,
      Situation situation)
      throws Blueprint.Unreadable {
    Engine engine = lease.engine();
    for (String name : app.graph().order()) {
      Blueprint.Part part = app.services().get(name);
      if (part == null || elsewhere.contains(name)) {
        continue;
      }
      Manifest.Service declared = Objects.requireNonNull(app.manifest().services().get(name));
      byte[] file = files.read(part.path());
      Limits limits = Limits.DEFAULT.withMemory(Math.ceilDiv(declared.memoryBytes(), PAGE) * PAGE);
      Code code = engine.code(Bytes.of(file).digest(), file, limits);
      AtomicInteger made = new AtomicInteger();
      pools.put(
          name,
          new Pool(
              conduct.most(declared),
              () -> engine.instantiate(code, name, name + "-" + made.incrementAndGet(), situation),
              situation.time()));
    }
  }

  @Override
  public void start() {
    pools.values().forEach(Pool::warm);
  }

  @Override
  public CallOutcome call(Call call, byte[] request) {
    Pool pool = pools.get(call.service());
    return pool == null
        ? new CallOutcome.Failed(404, "The app has no service " + call.service() + ".")
        : pool.call(call, request);
  }

  @Override
  public void close() {
    pools.values().forEach(Pool::close);
    lease.close();
  }
}
