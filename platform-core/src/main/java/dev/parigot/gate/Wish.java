package dev.parigot.gate;

import java.util.List;

/**
 * What is to be tried when somebody believes that the services of a release have a problem of
 * timing.
 *
 * @param release the number of the release
 * @param tests the names of the tests to run
 * @param services whose steps are reordered; empty for all
 * @param schedules how many to run of each test
 * @param seed decides the schedules and all that is random
 * @param strategy how schedules are made, as users write it
 * @param faults how many of each kind there may be in a run
 */
public record Wish(
    int release,
    List<String> tests,
    List<String> services,
    int schedules,
    long seed,
    String strategy,
    int faults) {
  public Wish {
    tests = List.copyOf(tests);
    services = List.copyOf(services);
  }
}
