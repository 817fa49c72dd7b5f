package dev.parigot.engine;

import dev.parigot.engine.ConformanceSuite.Answer;
import dev.parigot.engine.ConformanceSuite.Call;
import dev.parigot.engine.ConformanceSuite.Case;
import dev.parigot.engine.ConformanceSuite.Failure;
import dev.parigot.engine.ConformanceSuite.Setting;
import dev.parigot.http.HttpResponse;
import dev.parigot.situation.KeyValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What an app makes of calls, one after the other, as a case of a conformance suite. */
final class RecordedRun {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RecordedRun() {}

  /** The bytes 0, 1, 2 and so on: what any host can give. */
  static final class Counting implements RandomGenerator {
    private int next;

    @Override
    public long nextLong() {
      return next++;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) next++;
      }
    }
  }

  /** A run in an app of its own. */
  static Case of(String name, Setting setting, List<Call> calls, ConformanceHost.Loader loader)
      throws InterruptedException {
    try (ConformanceHost host =
        new ConformanceHost(
            setting, ConformanceSuite::module, loader, _ -> new Counting(), PATIENCE)) {
      host.start();
      List<Call> answered = new ArrayList<>();
      for (Call call : calls) {
        answered.add(answered(call, host));
        host.settle();
      }
      return new Case(
          name,
          null,
          null,
          config(setting),
          null,
          null,
          null,
          null,
          answered,
          null,
          pairs(host.keyValue()),
          List.copyOf(host.logs),
          null);
    }
  }

  private static @Nullable Map<String, JsonNode> config(Setting setting) {
    Map<String, JsonNode> config = new LinkedHashMap<>();
    setting.config().forEach((key, value) -> config.put(key, JSON.stringNode(value)));
    return config.isEmpty() ? null : config;
  }

  private static Call answered(Call call, ConformanceHost host) throws InterruptedException {
    byte[] request = ConformanceSuite.bytes(call.request());
    if (call.http() != null) {
      HttpResponse response = host.http(call.service(), request);
      Map<String, @Nullable String> headers = new LinkedHashMap<>();
      response
          .headers()
          .first("Content-Type")
          .ifPresent(type -> headers.put("Content-Type", type.split(";", 2)[0]));
      Answer answer = new Answer(response.status(), headers, notation(response.body()), null, null);
      return new Call(null, call.http(), call.request(), ConformanceSuite.tree(answer), null);
    }
    CallOutcome outcome = host.call(call.service(), call.method(), request);
    return switch (outcome) {
      case CallOutcome.Returned(byte[] response) ->
          new Call(call.call(), null, call.request(), notation(response), null);
      case CallOutcome.Failed(int code, String message, boolean _) ->
          new Call(
              call.call(),
              null,
              call.request(),
              null,
              new Failure(Integer.toUnsignedLong(code), message, null));
      case CallOutcome.Trapped _, CallOutcome.LimitReached _ ->
          throw new AssertionError(call + " did not return: " + outcome);
    };
  }

  private static List<List<JsonNode>> pairs(KeyValue store) {
    List<List<JsonNode>> pairs = new ArrayList<>();
    for (byte[] key : store.list(new byte[0], new byte[0], Integer.MAX_VALUE)) {
      byte[] value = store.get(key);
      pairs.add(List.of(notation(key), notation(value == null ? new byte[0] : value)));
    }
    return pairs;
  }

  /** As the suites write bytes. */
  static JsonNode notation(byte[] bytes) {
    try {
      return JSON.stringNode(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return JSON.objectNode().put("hex", HexFormat.of().formatHex(bytes));
    }
  }
}
