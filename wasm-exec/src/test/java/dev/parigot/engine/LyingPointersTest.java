package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Abi;
import dev.parigot.contract.AbiFunction;
import dev.parigot.contract.Role;
import dev.parigot.engine.CallOutcome.Failed;
import dev.parigot.engine.CallOutcome.Returned;
import dev.parigot.engine.CallOutcome.Trapped;
import dev.parigot.situation.Call;
import dev.parigot.situation.TestControl;
import dev.parigot.wasm.ValueType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pointer and length of every import of the ABI's table, at the edge and beyond. */
class LyingPointersTest {
  private static final int SIZE = 1 << 16;
  private static final int MIN = Integer.MIN_VALUE;

  private static final int[][] OUTSIDE = {
    {SIZE - 1, 2},
    {SIZE, 1},
    {0, SIZE + 1},
    {0, -1},
    {-1, 1},
    {-1, -1},
    {-8, 16},
    {MIN, MIN},
    {SIZE - 8, Integer.MAX_VALUE},
  };

  private static final int[][] INSIDE = {
    {SIZE - 1, 1}, {SIZE - 8, 8}, {SIZE, 0}, {0, 0}, {0, SIZE}
  };

  /** The numbers among the parameters of {@code parigot:} functions; all others are ranges. */
  private static final Set<String> NUMBERS = Set.of("future", "level", "limit");

  /** The parameters of functions of WASI that are read or written whatever the others are. */
  private static final Map<String, Set<Integer>> WASI_POINTERS =
      Map.of(
          "args_get", Set.of(0, 1),
          "args_sizes_get", Set.of(0, 1),
          "environ_get", Set.of(0, 1),
          "environ_sizes_get", Set.of(0, 1),
          "clock_res_get", Set.of(1),
          "clock_time_get", Set.of(2),
          "fd_fdstat_get", Set.of(1),
          "fd_read", Set.of(3),
          "fd_write", Set.of(1, 3),
          "poll_oneoff", Set.of(0, 1, 3));

  private final TestSituation situation = new TestSituation();

  LyingPointersTest() {
    situation.queues = (_, _, _) -> {};
    situation.channels = (_, _, _) -> {};
    situation.outbound = (_, _) -> new byte[0];
    situation.services = (_, _, _, _) -> new Returned(new byte[0]);
    situation.test =
        new TestControl() {
          @Override
          public void advance(long nanos) {}

          @Override
          public void quiesce() {}

          @Override
          public CallOutcome runCron(Call caller, String name) {
            return new Returned(new byte[0]);
          }

          @Override
          public List<byte[]> published(String channel) {
            return List.of();
          }
        };
  }

  static List<AbiFunction> table() {
    return Abi.table().functions();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void rangesOutsideTheMemoryTrapAndThoseInsideDoNot(AbiFunction function) {
    for (int at = 0; at < function.parameters().size(); at++) {
      if (isRange(function, at)) {
        for (int[] range : OUTSIDE) {
          if (!meansAbsent(function, at, range)) {
            assertOutside(call(function, with(function, at, range)), function, at, range);
          }
        }
        for (int[] range : INSIDE) {
          assertThat(call(function, with(function, at, range)))
              .as("%s %d %s", function, at, Arrays.toString(range))
              .isInstanceOfAny(Returned.class, Failed.class);
        }
        at++;
      } else if (isParigot(function) && function.type().params().get(at) == ValueType.I32) {
        assertThat(NUMBERS).as(function.toString()).contains(function.parameters().get(at));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void noNumberMakesAnImportFail(AbiFunction function) {
    for (int at = 0; at < function.parameters().size(); at++) {
      for (int value : new int[] {-1, MIN, Integer.MAX_VALUE, SIZE - 1, SIZE, SIZE + 1}) {
        CallOutcome outcome = call(function, with(function, at, value));
        assertThat(outcome.toString())
            .as("%s %d %d", function, at, value)
            .doesNotContain("the platform failed");
        boolean written =
            !isParigot(function)
                && WASI_POINTERS.getOrDefault(function.name(), Set.of()).contains(at);
        if (written) {
          assertOutside(outcome, function, at, value);
        }
      }
    }
  }

  private CallOutcome call(AbiFunction function, long[] arguments) {
    ByteBuffer request =
        ByteBuffer.allocate(Math.max(1, arguments.length) * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    request.asLongBuffer().put(arguments);
    Role role = function.importers().contains("service") ? Role.SERVICE : Role.TEST;
    Code code =
        Guests.ENGINE.code(
            "sha256:" + function.module() + function.name(),
            MadeService.calling(function).bytes(),
            Limits.DEFAULT.withMemory(SIZE),
            role);
    try (Instance tea = Guests.ENGINE.instantiate(code, "tea", "tea-1", situation.build())) {
      return tea.call(TestSituation.call(MadeService.METHOD), request.array());
    }
  }

  private static void assertOutside(
      CallOutcome outcome, AbiFunction function, int at, int... value) {
    assertThat(outcome)
        .as("%s %d %s", function, at, Arrays.toString(value))
        .isInstanceOf(Trapped.class);
    assertThat(((Trapped) outcome).reason()).contains("outside the memory of 65536 bytes");
  }

  /** Arguments with which all goes well, but for those from one place on. */
  private static long[] with(AbiFunction function, int at, int... values) {
    List<Long> arguments = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      boolean length = i > 0 && isRange(function, i - 1);
      arguments.add(length ? 3L : isRange(function, i) ? 16L : 1L);
    }
    if (!isParigot(function)) {
      arguments.replaceAll(each -> each == 1 ? 64L : each);
    }
    for (int i = 0; i < values.length; i++) {
      arguments.set(at + i, (long) values[i]);
    }
    return benign(function, at, values.length, arguments);
  }

  /** Of WASI: the numbers that its functions need to come as far as their pointers. */
  private static long[] benign(AbiFunction function, int from, int count, List<Long> arguments) {
    Map<String, long[]> numbers =
        Map.of("fd", new long[] {1}, "clock", new long[] {0}, "count", new long[] {1});
    for (int i = 0; i < arguments.size(); i++) {
      boolean chosen = i >= from && i < from + count;
      long[] number = numbers.get(function.parameters().get(i));
      boolean sizes = function.name().endsWith("sizes_get");
      if (!chosen && number != null && !isParigot(function) && !sizes) {
        arguments.set(i, function.name().equals("fd_read") && i == 0 ? 0L : number[0]);
      }
    }
    return arguments.stream().mapToLong(Long::longValue).toArray();
  }

  /** Whether a pointer and its length are there. */
  private static boolean isRange(AbiFunction function, int at) {
    return (isParigot(function) || function.name().equals("random_get"))
        && at + 1 < function.parameters().size()
        && function.parameters().get(at + 1).endsWith("length")
        && function.type().params().get(at) == ValueType.I32;
  }

  private static boolean meansAbsent(AbiFunction function, int at, int[] range) {
    return function.parameters().get(at).equals("old") && range[1] == -1;
  }

  private static boolean isParigot(AbiFunction function) {
    return !function.module().equals(Abi.WASI);
  }
}
