package dev.parigot.engine;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Instrument;
import org.jspecify.annotations.Nullable;

/**
 * The engine's way to hold guests up in the middle of their code, which the polyglot API has not:
 * at the places where a guest looks whether it is cancelled (each turn of a loop, each call), it
 * waits instead. The engine finds it by its provider, as a service.
 */
public final class Pausing extends TruffleInstrument {
  private static final String ID = "parigot-pausing";

  /** Made by the engine. */
  Pausing() {}

  @Override
  protected void onCreate(Env env) {
    env.registerService((Entered) env::getEnteredContext);
  }

  /** Tells the context that the calling thread is in. */
  @FunctionalInterface
  interface Entered {
    TruffleContext context();

    /** Of an engine; null if it has no such way. */
    static @Nullable Entered of(Engine engine) {
      Instrument instrument = engine.getInstruments().get(ID);
      return instrument == null ? null : instrument.lookup(Entered.class);
    }
  }

  /** One context, which is paused or not. Thread-safe. */
  static final class Brake {
    private final TruffleContext context;
    private @Nullable Future<Void> paused;

    Brake(TruffleContext context) {
      this.context = context;
    }

    /** Closing the context ends a guest that waits as it ends one that runs. */
    synchronized void pull() {
      if (paused == null) {
        paused = context.pause();
      }
    }

    synchronized void release() {
      if (paused != null) {
        context.resume(paused);
        paused = null;
      }
    }
  }

  /** What the engine finds. */
  @TruffleInstrument.Registration(id = ID, name = "Parigot's pauses", services = Entered.class)
  public static final class Provider extends TruffleInstrumentProvider {
    @Override
    protected String getInstrumentClassName() {
      return Pausing.class.getName();
    }

    @Override
    protected Object create() {
      return new Pausing();
    }

    @Override
    protected Collection<String> getServicesClassNames() {
      return List.of(Entered.class.getName());
    }
  }
}
