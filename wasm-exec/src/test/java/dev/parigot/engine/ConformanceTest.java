package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.engine.ConformanceSuite.Case;
import dev.parigot.engine.ConformanceSuite.Failure;
import dev.parigot.engine.ConformanceSuite.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Runs every case of {@code sdk/abi/conformance} against this engine and its imports. */
class ConformanceTest {
  @TestFactory
  Stream<DynamicNode> thisHostKeepsTheAbi() {
    return ConformanceSuite.names().stream()
        .map(name -> {
          ConformanceSuite suite = ConformanceSuite.read(name);
          return dynamicContainer(
              name,
              suite.cases().stream().map(each -> dynamicTest(each.name(), () -> run(suite, each))));
        });
  }

  private static void run(ConformanceSuite suite, Case wanted) {
    Map<String, Service> services =
        wanted.services() == null ? suite.services() : wanted.services();
    for (Service each : services.values()) {
      if (each.refused() != null) {
        assertRefused(each);
        return;
      }
    }
    Map<String, String> configuration = new LinkedHashMap<>();
    orEmpty(wanted.config()).forEach((key, value) -> configuration.put(key, value.asString()));
    try (ConformanceHost host = new ConformanceHost(services, configuration)) {
      for (List<JsonNode> pair : orEmpty(wanted.kv())) {
        host.keyValue.put(ConformanceSuite.bytes(pair.get(0)), ConformanceSuite.bytes(pair.get(1)));
      }
      host.start();
      for (ConformanceSuite.Call call : orEmpty(wanted.calls())) {
        byte[] request = ConformanceSuite.bytes(call.request());
        assertOutcome(call, host.call(call.service(), call.method(), request));
      }
      host.settle();
      assertEffects(wanted, host);
    }
  }

  private static void assertRefused(Service service) {
    CallOutcome outcome;
    try (ConformanceHost host = new ConformanceHost(Map.of("subject", service), Map.of())) {
      outcome = host.call("subject", "any", new byte[0]);
    } catch (CannotStart e) {
      outcome = e.outcome();
    }
    assertThat(outcome.code()).isEqualTo(503);
    assertThat(((Failed) outcome).message()).containsPattern(String.valueOf(service.refused()));
  }

  private static void assertOutcome(ConformanceSuite.Call call, CallOutcome outcome) {
    Failure error = call.error();
    if (error == null) {
      assertThat(outcome).as(call.call()).isInstanceOf(Returned.class);
      assertResponse(call, ((Returned) outcome).response());
      return;
    }
    assertThat(Integer.toUnsignedLong(outcome.code()))
        .as("%s gave %s", call.call(), outcome)
        .isEqualTo(error.code());
    if (error.text() != null) {
      assertThat(outcome).isEqualTo(new Failed((int) error.code(), error.text()));
    }
    if (error.pattern() != null) {
      assertThat(((Failed) outcome).message()).containsPattern(error.pattern());
    }
  }

  private static void assertResponse(ConformanceSuite.Call call, byte[] response) {
    JsonNode expected = call.response();
    String text = new String(response, StandardCharsets.UTF_8);
    if (expected != null && expected.has("pattern")) {
      assertThat(text).as(call.call()).containsPattern(expected.get("pattern").stringValue());
    } else if (expected != null && expected.has("length")) {
      assertThat(response).as(call.call()).hasSize(expected.get("length").intValue());
    } else if (expected != null && expected.has("json")) {
      assertNumbers(ConformanceSuite.json(text), expected.get("json"));
    } else {
      assertThat(shown(response))
          .as(call.call())
          .isEqualTo(shown(ConformanceSuite.bytes(expected)));
    }
  }

  /** Arrays of numbers and strings; 3 and 3.0 are the same number. */
  private static void assertNumbers(JsonNode actual, JsonNode expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).isNumber()).isEqualTo(expected.get(i).isNumber());
      assertThat(actual.get(i).isNumber() ? actual.get(i).doubleValue() : actual.get(i).asString())
          .isEqualTo(
              expected.get(i).isNumber()
                  ? expected.get(i).doubleValue()
                  : expected.get(i).asString());
    }
  }

  private static void assertEffects(Case wanted, ConformanceHost host) {
    if (wanted.hostCalls() != null) {
      assertThat(host.hostCalls).isEqualTo(wanted.hostCalls());
    }
    if (wanted.logs() != null) {
      assertThat(host.logs).isEqualTo(wanted.logs());
    }
    List<List<JsonNode>> expected = wanted.kvAfter();
    if (expected != null) {
      List<String> pairs = new ArrayList<>();
      for (byte[] key : host.keyValue.list(new byte[0], new byte[0], Integer.MAX_VALUE)) {
        pairs.add(shown(key) + " = " + shown(host.keyValue.get(key)));
      }
      assertThat(pairs)
          .containsExactlyInAnyOrderElementsOf(
              expected.stream()
                  .map(pair ->
                      shown(ConformanceSuite.bytes(pair.get(0)))
                          + " = "
                          + shown(ConformanceSuite.bytes(pair.get(1))))
                  .toList());
    }
  }

  /** So that a difference can be read: text as itself, other bytes as hexadecimals. */
  private static String shown(byte @Nullable [] bytes) {
    String text = new String(bytes == null ? new byte[0] : bytes, StandardCharsets.UTF_8);
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c != 0xfffd && c < 0x7f);
    return plain ? text : HexFormat.of().formatHex(bytes);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
    return map == null ? Map.of() : map;
  }
}
