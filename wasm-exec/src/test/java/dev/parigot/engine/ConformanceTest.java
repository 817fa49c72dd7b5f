package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.contract.BrokenGraph;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.engine.ConformanceSuite.Case;
import dev.parigot.engine.ConformanceSuite.Failure;
import dev.parigot.engine.ConformanceSuite.Service;
import dev.parigot.engine.ConformanceSuite.Setting;
import dev.parigot.http.HttpResponse;
import dev.parigot.local.AppCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Runs every case of {@code sdk/abi/conformance} against this engine and its imports. */
class ConformanceTest {
  /** The first instance of a process takes longer than the host lets a guest compute. */
  @BeforeAll
  static void warmTheEngineUp() {
    Guests.start("service", new TestSituation().build()).close();
  }

  @TestFactory
  Stream<DynamicNode> thisHostKeepsTheAbi() {
    return each((suite, wanted) -> run(suite.setting(wanted), wanted, AppCode::of));
  }

  /** As far as a program that was wound can keep it. */
  @TestFactory
  Stream<DynamicNode> thisHostKeepsTheAbiForAWoundProgram() {
    return each((suite, wanted) -> {
      Case wound = suite.wound(wanted);
      run(suite.setting(wound), wound, AppCode::wound);
    });
  }

  private interface Run {
    void of(ConformanceSuite suite, Case wanted) throws InterruptedException;
  }

  private static Stream<DynamicNode> each(Run run) {
    return ConformanceSuite.names().stream()
        .map(name -> {
          ConformanceSuite suite = ConformanceSuite.read(name);
          return dynamicContainer(
              name,
              suite.cases().stream()
                  .map(each -> dynamicTest(each.name(), () -> run.of(suite, each))));
        });
  }

  @Test
  void everyCaseThatTheReadmeNamesIsThere() {
    List<String> known =
        ConformanceSuite.names().stream()
            .flatMap(name ->
                ConformanceSuite.read(name).cases().stream().map(each -> name + ": " + each.name()))
            .toList();
    List<String> named =
        Pattern.compile("`([a-z-]+: [^`]+)`")
            .matcher(ConformanceSuite.readme())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(named).isNotEmpty().isSubsetOf(known);
  }

  private static void run(Setting setting, Case wanted, ConformanceHost.Loader loader)
      throws InterruptedException {
    for (Service each : setting.services().values()) {
      if (each.refused() != null) {
        assertRefused(each);
        return;
      }
    }
    if (wanted.refused() != null) {
      assertRefused(setting, wanted.refused(), loader);
      return;
    }
    try (ConformanceHost host = new ConformanceHost(setting, ConformanceSuite::module, loader)) {
      for (List<JsonNode> pair : orEmpty(wanted.kv())) {
        host.keyValue()
            .put(ConformanceSuite.bytes(pair.get(0)), ConformanceSuite.bytes(pair.get(1)));
      }
      host.start();
      for (ConformanceSuite.Call call : orEmpty(wanted.calls())) {
        make(call, host);
      }
      host.settle();
      assertEffects(wanted, host);
    }
  }

  private static void make(ConformanceSuite.Call call, ConformanceHost host)
      throws InterruptedException {
    byte[] request = ConformanceSuite.bytes(call.request());
    if (call.http() == null) {
      assertOutcome(call, host.call(call.service(), call.method(), request));
    } else {
      call.answer().check(host.http(call.service(), request));
    }
  }

  private static void assertRefused(Setting setting, String why, ConformanceHost.Loader loader) {
    assertThatThrownBy(
            () -> {
              try (ConformanceHost host =
                  new ConformanceHost(setting, ConformanceSuite::module, loader)) {
                host.start();
              }
            })
        .isInstanceOf(BrokenGraph.class)
        .message()
        .containsPattern(why);
  }

  private static void assertRefused(Service service) throws InterruptedException {
    CallOutcome outcome;
    Setting setting = new Setting(Map.of("subject", service));
    try (ConformanceHost host = new ConformanceHost(setting, ConformanceSuite::module)) {
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
    } else if (expected != null && expected.has("message")) {
      ConformanceSuite.Call.answer(expected.get("message"))
          .check(HttpResponse.read(response, "GET"));
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
    host.outside.assertAllAsked();
    if (wanted.hostCalls() != null) {
      assertThat(host.hostCalls()).isEqualTo(wanted.hostCalls());
    }
    if (wanted.logs() != null) {
      assertThat(host.logs).isEqualTo(wanted.logs());
    }
    List<List<JsonNode>> expected = wanted.kvAfter();
    if (expected != null) {
      List<String> pairs = new ArrayList<>();
      for (byte[] key : host.keyValue().list(new byte[0], new byte[0], Integer.MAX_VALUE)) {
        pairs.add(shown(key) + " = " + shown(host.keyValue().get(key)));
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
}
