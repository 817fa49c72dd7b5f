package dev.parigot.engine;

import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.ByteSequence;
import org.jspecify.annotations.Nullable;

/** GraalWasm's own reader and validator, with the options that guests get. */
final class EngineReader implements AutoCloseable {
  private final org.graalvm.polyglot.Engine engine =
      org.graalvm.polyglot.Engine.newBuilder("wasm")
          .allowExperimentalOptions(true)
          .option("engine.WarnInterpreterOnly", "false")
          .options(Engine.PROPOSALS)
          .options(Engine.WIDE_MEMORIES)
          .build();

  /** Why the engine can't load a module; empty if it can. */
  Optional<String> refusal(byte[] file) {
    try (Context context = Context.newBuilder("wasm").engine(engine).build()) {
      context.eval(
          Source.newBuilder("wasm", ByteSequence.create(file), "module")
              .cached(false)
              .buildLiteral());
      return Optional.empty();
    } catch (PolyglotException e) {
      @Nullable String message = e.getMessage();
      return Optional.of((e.isInternalError() ? "internal error: " : "") + message);
    }
  }

  @Override
  public void close() {
    engine.close(true);
  }
}
