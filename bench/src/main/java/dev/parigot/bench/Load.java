package dev.parigot.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Requests from wrk, a load generator in a process of its own: POSTs of 1 KB that keep their
 * connections.
 */
final class Load {
  private static final String APP = "bench.localhost";
  private static final String PATH = "/echo/echo";

  private Load() {}

  /**
   * What one run measured.
   *
   * @param persecond requests answered a second
   * @param p50 latency in milliseconds
   * @param p99 latency in milliseconds
   * @param cpu the server's processor time a request, in microseconds
   * @param failed requests that were not answered, or with an error
   */
  record Figures(double persecond, double p50, double p99, double cpu, long failed) {}

  static Figures on(Surroundings surroundings, Server server, int connections, Duration time)
      throws IOException, InterruptedException {
    return on(surroundings, server, connections, time, "post.lua", APP);
  }

  /** The same, to each of so many apps in turn, which are named {@code app-0}, {@code app-1}, … */
  static Figures spread(
      Surroundings surroundings, Server server, int connections, Duration time, int apps)
      throws IOException, InterruptedException {
    return on(surroundings, server, connections, time, "spread.lua", String.valueOf(apps));
  }

  private static Figures on(
      Surroundings surroundings,
      Server server,
      int connections,
      Duration time,
      String script,
      String argument)
      throws IOException, InterruptedException {
    Duration before = server.cpu();
    String output =
        Surroundings.run(
            surroundings.file("peers"),
            List.of(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + time.toSeconds() + "s",
                "--timeout=30s",
                "--script=" + script,
                "http://127.0.0.1:" + server.port() + PATH,
                "--",
                argument));
    double cpu = server.cpu().minus(before).toNanos() / 1e3;
    long[] result =
        output
            .lines()
            .filter(line -> line.startsWith("RESULT "))
            .map(line -> line.substring("RESULT ".length()).split(" ", -1))
            .map(numbers -> Arrays.stream(numbers).mapToLong(Long::parseLong).toArray())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("wrk printed no result:\n" + output));
    return new Figures(
        result[0] * 1e6 / result[1],
        result[2] / 1e3,
        result[3] / 1e3,
        cpu / Math.max(1, result[0]),
        result[4] + result[5]);
  }

  /** Each figure's median over several runs; of failures the sum. */
  static Figures median(List<Figures> runs) {
    return new Figures(
        median(runs, Figures::persecond),
        median(runs, Figures::p50),
        median(runs, Figures::p99),
        median(runs, Figures::cpu),
        runs.stream().mapToLong(Figures::failed).sum());
  }

  private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    List<Figures> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.comparingDouble(figure));
    return figure.applyAsDouble(sorted.get(sorted.size() / 2));
  }
}
