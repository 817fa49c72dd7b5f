package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way of a guest to do harm, and what its caller is to see.
 *
 * @param evil what {@code hostile-start} and {@code hostile-allocator} read as their configuration
 * @param endless whether only its deadline ends it
 * @param code of the outcome, 0 if the guest is to return
 * @param text that the outcome contains: of a return the number that was returned
 */
record HostileCase(
    String name,
    String guest,
    String evil,
    String method,
    byte[] request,
    boolean endless,
    int code,
    String text) {
  private static final Limits LIMITS =
      Limits.DEFAULT.withMemory(20 << 20).withStart(Duration.ofMinutes(2));
  private static final Duration FAR = Duration.ofMinutes(2);

  /** Every case that one instance can show. */
  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    for (String method :
        List.of(
            "loop",
            "loop_in_an_import",
            "loop_over_calls",
            "sleep_for_ever",
            "poll_for_ever",
            "flood_the_log",
            "flood_the_output")) {
      all.add(new HostileCase(method, "hostile", "", method, new byte[0], true, 408, "TIME"));
    }
    String exhausted = "call stack exhausted\n  at recurse";
    all.add(calling("recurse", 500, exhausted + " ("));
    all.add(calling("recurse_indirectly", 500, exhausted + "_indirectly ("));
    all.add(calling("recurse_in_pairs", 500, "  at odd\n  at recurse_in_pairs\n"));
    all.add(calling("recurse_over_imports", 500, "call stack exhausted"));
    all.add(calling("grow_memory", 0, Integer.toString(20 << 20)));
    all.add(calling("grow_memory_at_once", 0, "-1"));
    all.add(calling("grow_table", 0, "983041"));
    all.add(calling("grow_table_at_once", 0, "-1"));
    all.add(calling("answer_gigabytes", 500, "outside the service's memory"));
    all.add(calling("answer_from_the_end", 500, "outside the service's memory"));
    all.add(calling("answer_an_error_of_gigabytes", 500, "outside the service's memory"));
    all.add(calling("answer_all_memory", 413, "10 MiB"));
    all.add(calling("answer_all_memory_as_an_error", 413, "10 MiB"));
    all.add(calling("write_too_much_at_once", 0, "28"));
    all.add(calling("fill_all_memory", 0, ""));
    all.add(calling("name_all_memory", 404, "no configuration"));
    all.add(calling("list_all_memory", 413, "a key has at most 512 bytes"));
    all.add(calling("send_all_memory", 413, "10 MiB"));
    all.add(calling("poll_for_too_much", 0, "28"));
    all.add(calling("poll_outside", 500, "outside the memory"));
    all.add(calling("start_thousands", 0, "1024"));
    all.add(calling("start_and_drop_thousands", 0, ""));
    all.add(calling("guess_futures", 0, "0"));
    all.add(calling("wait_for_a_guess", 400, "no future has the handle 1"));
    all.add(calling("leave", 500, "proc_exit(0)"));
    addAllocators(all);
    addStarts(all);
    return all;
  }

  private static HostileCase calling(String method, int code, String text) {
    return new HostileCase(method, "hostile", "", method, new byte[0], false, code, text);
  }

  private static void addAllocators(List<HostileCase> all) {
    all.add(allocating("fails", 1, false, 507, "MEMORY"));
    all.add(allocating("gives room that wraps", 2, false, 500, "outside its memory"));
    all.add(allocating("gives room that is not aligned", 3, false, 0, ""));
    all.add(allocating("gives room that is in use", 4, false, 0, ""));
    all.add(allocating("traps", 5, false, 500, "unreachable"));
    all.add(allocating("loops", 6, true, 408, "TIME"));
    all.add(allocating("recurses", 9, false, 500, "call stack exhausted"));
    all.add(allocating("gives room that ends outside", 10, false, 500, "outside its memory"));
    all.add(giving("fails", 1, false, 500, "an error without a code"));
    all.add(giving("gives room that wraps", 2, false, 500, "outside its memory"));
    all.add(giving("traps", 5, false, 500, "unreachable"));
    all.add(giving("loops", 6, true, 408, "TIME"));
    all.add(giving("uses an import that allocates", 8, false, 500, "must not use imports"));
    all.add(giving("recurses", 9, false, 500, "call stack exhausted"));
    all.add(freeing("traps", 21, false));
    all.add(freeing("recurses", 23, false));
    all.add(freeing("uses an import", 24, false));
  }

  private static HostileCase allocating(
      String what, int length, boolean endless, int code, String text) {
    return new HostileCase(
        "an allocator " + what + " for a request",
        "hostile-allocator",
        "",
        "echo",
        new byte[length],
        endless,
        code,
        text);
  }

  private static HostileCase giving(
      String what, int length, boolean endless, int code, String text) {
    return new HostileCase(
        "an allocator " + what + " for an import",
        "hostile-allocator",
        "x".repeat(length),
        "config",
        new byte[0],
        endless,
        code,
        text);
  }

  private static HostileCase freeing(String what, int length, boolean endless) {
    return new HostileCase(
        "what frees a request " + what,
        "hostile-allocator",
        "",
        "echo",
        new byte[length],
        endless,
        0,
        "");
  }

  private static void addStarts(List<HostileCase> all) {
    for (String when : List.of("_initialize", "the start function")) {
      all.add(starting(when, "traps", "t", false, 503, "unreachable"));
      all.add(starting(when, "loops", "l", true, 503, "was not ready"));
      all.add(starting(when, "recurses", "r", false, 503, "call stack exhausted"));
      all.add(starting(when, "sleeps", "s", true, 503, "was not ready"));
      all.add(starting(when, "leaves", "x", false, 503, "proc_exit(0)"));
      all.add(starting(when, "floods the log", "f", true, 503, "was not ready"));
      all.add(starting(when, "takes all memory", "m", false, 0, "257"));
    }
  }

  private static HostileCase starting(
      String when, String what, String evil, boolean endless, int code, String text) {
    boolean start = !when.equals("_initialize");
    String kind = start ? evil.toUpperCase(java.util.Locale.ROOT) : evil;
    return new HostileCase(
        when + " " + what, "hostile-start", kind, "size", new byte[0], endless, code, text);
  }

  /** What the caller sees, if a guest without end has that long. */
  CallOutcome run(TestSituation situation, Duration timeout) {
    situation.configuration = Map.of("EVIL", evil);
    boolean late = endless && guest.equals("hostile-start");
    Limits limits = late ? LIMITS.withStart(timeout) : LIMITS;
    try (Instance instance = Guests.start(guest, limits, situation.build())) {
      return instance.call(TestSituation.call(method, endless ? timeout : FAR), request);
    } catch (CannotStart e) {
      return e.outcome();
    }
  }

  void check(CallOutcome outcome) {
    assertThat(outcome.code()).as("%s: %s", name, outcome).isEqualTo(code);
    assertThat(told(outcome)).as(name).contains(text);
  }

  private static String told(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Returned(byte[] response) && response.length == Long.BYTES) {
      long number = ByteBuffer.wrap(response).order(ByteOrder.LITTLE_ENDIAN).getLong();
      return Long.toString(number);
    }
    return outcome.toString();
  }

  @Override
  public String toString() {
    return name.replace('_', ' ').strip();
  }
}
