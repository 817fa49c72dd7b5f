package dev.parigot.engine;

import static dev.parigot.engine.ServiceCallTest.assertReturned;
import static dev.parigot.engine.TestSituation.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Role;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Limit;
import dev.parigot.engine.CallOutcome.LimitReached;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.situation.AsyncCalls;
import dev.parigot.situation.Call;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several services in one instance. */
class WoundProgramTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(2);

  private final TestSituation situation = new TestSituation();
  private final Map<String, Limits> limits = new HashMap<>();
  private final List<String> started = new ArrayList<>();
  private Options options = Options.DEFAULT;

  /** {@code services} are names and files of the conformance suite, callees first. */
  private Instance start(String... services) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < services.length; i += 2) {
      parts.add(part(services[i], ConformanceSuite.module(services[i + 1] + ".wasm")));
    }
    return start(parts);
  }

  private Instance start(List<Part> parts) {
    parts.forEach(part -> limits.putIfAbsent(part.name(), Limits.DEFAULT));
    return Guests.ENGINE.instantiate(
        Guests.ENGINE.wound(parts, limits, options),
        parts.stream()
            .map(part -> new Tenant(part.name(), part.name() + "-1", situation.build()))
            .toList());
  }

  private static Part part(String name, byte[] file) {
    WasmModule module = WasmReader.read(file);
    return new Part(name, Bytes.of(file).digest(), Contract.of(module, Role.SERVICE), module);
  }

  private Instance chain() {
    return start("back", "back", "subject", "front", "top", "top");
  }

  private static Call call(String service, String method, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    return new Call("call-1", service, method, null, deadline, 2, "00-trace-01");
  }

  private static CallOutcome call(Instance program, String service, String method, byte[] request) {
    return program.call(call(service, method, LONG), request);
  }

  private static byte[] numbers(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(numbers).forEach(bytes::putInt);
    return bytes.array();
  }

  @Test
  void eachServiceIsEnteredByItsNameAndKeepsItsMemory() {
    try (Instance program = chain()) {
      assertReturned(call(program, "subject", "count", new byte[0]), numbers(1, 0));
      assertReturned(call(program, "back", "count", new byte[0]), numbers(2, 0));
      assertThat(call(program, "back", "brew", new byte[0]).code()).isEqualTo(404);
      assertThat(program.name("top")).isEqualTo("top-1");
      assertThat(program.name()).isEqualTo("back-1, subject-1, top-1");
      assertThatThrownBy(() -> call(program, "nobody", "brew", new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aTrapEndsTheOuterCallAndItsStackNamesTheServices() {
    try (Instance program = chain()) {
      assertThat(call(program, "subject", "survive_trap", utf8("tea")))
          .isEqualTo(
              new Trapped(
                  """
                  unreachable
                    at back.trap
                    at subject->back.trap
                    at subject.survive_trap\
                  """));
      assertThat(program.usable()).isFalse();
    }
  }

  @Test
  void functionsWithoutANameAreToldByTheirServiceAndTheIndexThatTheyHadThere() {
    List<Part> parts = List.of(part("tea", Guests.file("service")), part("c", Guests.file("wasi")));
    try (Instance program = start(parts)) {
      assertThat(call(program, "c", "leave", new byte[0]))
          .isEqualTo(new Trapped("proc_exit(3)\n  at c.func[32]\n  at c.leave"));
    }
  }

  @Test
  void aCalleeThatLoopsEndsWithTheDeadlineOfTheOuterCall() {
    try (Instance program = chain()) {
      assertThat(program.call(call("subject", "survive_loop", SHORT), utf8("tea")))
          .isEqualTo(new LimitReached(Limit.TIME));
      assertThat(program.usable()).isFalse();
    }
  }

  @Test
  void eachServiceHasALimitOfItsOwnForItsMemory() {
    byte[] length = numbers(1 << 20);
    try (Instance program = chain()) {
      assertThat(call(program, "subject", "large", length).code()).isZero();
    }
    limits.put("back", Limits.DEFAULT.withMemory(1 << 19));
    try (Instance program = chain()) {
      assertThat(call(program, "subject", "large", length))
          .isEqualTo(new Failed(500, "The response is outside the service's memory"));
      assertReturned(call(program, "subject", "echo", new byte[1 << 18]), new byte[1 << 18]);
    }
  }

  @Test
  void aServiceThatBeginsWithMoreThanItsLimitIsRefused() {
    limits.put("back", Limits.DEFAULT.withMemory(1 << 16));
    chain().close();
    limits.put("c", Limits.DEFAULT.withMemory(1 << 16));
    assertThatThrownBy(() -> start(List.of(part("c", Guests.file("wasi")))))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("c: the module begins with ")
        .hasMessageEndingWith("but may have 64 KiB");
  }

  @Test
  void aServiceThatWasLeftOutIsCalledThroughTheSituation() {
    situation.services =
        (caller, service, method, request) ->
            new Failed(1001, caller.service() + " " + service + "." + method);
    try (Instance program = start("subject", "front", "top", "top")) {
      assertThat(call(program, "top", "sleep", new byte[0]))
          .isEqualTo(new Failed(1001, "subject back.sleep"));
    }
  }

  @Test
  void whatCanBeKnownOfACallBetweenServicesIsTold() {
    Map<String, String> known =
        Map.of(
            "caller", "subject",
            "id", "call-1",
            "attempt", "1",
            "traceparent", "00-trace-01");
    try (Instance program = chain()) {
      known.forEach((key, value) ->
          assertReturned(call(program, "subject", "call_get", utf8(key)), utf8(value)));
      assertReturned(call(program, "back", "call_get", utf8("attempt")), utf8("2"));
      assertReturned(call(program, "back", "call_get", utf8("caller")), utf8(""));
    }
  }

  @Test
  void withATraceEachCallIsOneOfItsOwn() {
    options = new Options(true);
    try (Instance program = chain()) {
      assertReturned(call(program, "subject", "call_get", utf8("caller")), utf8("subject"));
      assertReturned(call(program, "subject", "call_get", utf8("id")), utf8("call-1.2"));
      assertReturned(call(program, "top", "last_ends_no_later", new byte[0]), numbers(1, 0));
      assertReturned(call(program, "subject", "count", new byte[0]), numbers(1, 0));
    }
  }

  @Test
  void linesAreThoseOfTheServiceThatWritesThem() {
    try (Instance program = start("back", "back", "subject", "future")) {
      assertThat(call(program, "back", "log", utf8("steeping")).code()).isZero();
      assertThat(situation.lines)
          .containsExactly(new TestSituation.Line("back", "back-1", 2, "steeping", "call-1"));
    }
  }

  /** Calls that are started and can be taken over; what isn't, never ends. */
  private void startedCallsHave(Duration timeout) {
    situation.async =
        (caller, service, method, request) -> {
          started.add(service + "." + method);
          long deadline = System.nanoTime() + timeout.toNanos();
          Call call = new Call("call-2", service, method, caller.service(), deadline, 1, "");
          return Optional.of(
              new AsyncCalls.PendingCall() {
                @Override
                public boolean done() {
                  return false;
                }

                @Override
                public Optional<CallOutcome> await(long nanos) {
                  return Optional.of(new Failed(1002, "made elsewhere"));
                }

                @Override
                public Optional<AsyncCalls.Claim> claim() {
                  return Optional.of(new AsyncCalls.Claim(call, request));
                }
              });
        };
  }

  @Test
  void aStartedCallIsMadeWhereItIsWaitedFor() {
    startedCallsHave(LONG);
    try (Instance program = start("back", "back", "subject", "future")) {
      assertReturned(call(program, "subject", "wait_for_echo", utf8("tea")), utf8("tea"));
      assertThat(call(program, "subject", "wait_for_fail", new byte[0]))
          .isEqualTo(new Failed(1026, "no tea left"));
      assertReturned(call(program, "subject", "wait_for_call_get", utf8("id")), utf8("call-2"));
      assertReturned(
          call(program, "subject", "wait_for_call_get", utf8("caller")), utf8("subject"));
      assertThat(started).hasSize(4);
    }
  }

  @Test
  void aTrapOfAStartedCallEndsTheCallThatWaitsForItToo() {
    startedCallsHave(LONG);
    try (Instance program = start("back", "back", "subject", "future")) {
      assertThat(call(program, "subject", "wait_for_trap", new byte[0]))
          .isInstanceOfSatisfying(
              Trapped.class,
              trapped ->
                  assertThat(trapped.reason())
                      .startsWith("unreachable\n  at back.trap\n")
                      .endsWith("\n  at subject.wait_for_trap"));
      assertThat(program.usable()).isFalse();
    }
  }

  @Test
  void aStartedCallEndsWithItsOwnDeadlineOrThatOfWhoWaits() {
    for (Duration own : List.of(SHORT, LONG)) {
      startedCallsHave(own);
      try (Instance program = start("back", "back", "subject", "future")) {
        Duration outer = own.equals(SHORT) ? LONG : SHORT;
        assertThat(program.call(call("subject", "wait_for_loop", outer), new byte[0]))
            .isEqualTo(new LimitReached(Limit.TIME));
      }
    }
  }

  @Test
  void aStartedCallOfAServiceThatIsInTheMiddleOfACallIsMadeElsewhere() {
    startedCallsHave(LONG);
    byte[] depth = numbers(2, 0);
    try (Instance program = start("subject", "ring")) {
      assertThat(call(program, "subject", "descend", depth))
          .isEqualTo(new Failed(1002, "made elsewhere"));
    }
    started.clear();
    try (Instance program = start("a", "ring-a", "b", "ring-b")) {
      assertThat(call(program, "a", "descend", depth))
          .isEqualTo(new Failed(1002, "made elsewhere"));
      assertThat(started).containsExactly("b.descend", "a.descend");
    }
  }
}
