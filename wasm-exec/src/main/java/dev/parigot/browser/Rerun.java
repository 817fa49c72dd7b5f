package dev.parigot.browser;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.local.AppCode;
import dev.parigot.local.Recording;
import dev.parigot.local.Setting;
import dev.parigot.local.TestMethod;
import dev.parigot.manifest.Manifest;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Seed;
import dev.parigot.timing.Step;
import dev.parigot.timing.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A test with all that a browser needs to run it again, but for the files of its modules: what the
 * app has around it, and whose turn it was at each step. {@code rerun/record.js} reads it.
 *
 * @param module the test's
 * @param method likewise
 * @param seed of all that is random in the test; a string, as JavaScript's numbers are too short
 * @param beginning of its clock, in nanoseconds since 1970; likewise
 * @param modules each after those that it calls
 * @param channels their names in the manifest
 * @param passing null if there is no run like the failing one that passes
 */
public record Rerun(
    String module,
    String method,
    String seed,
    String beginning,
    Map<String, String> config,
    List<String> outbound,
    List<Module> modules,
    List<Queue> queues,
    List<Cron> cron,
    List<String> channels,
    Taken failing,
    @Nullable Taken passing) {
  /** A run that takes more is none that anybody steps through. */
  private static final int MOST_STEPS = 5_000;

  /**
   * @param digest of its file
   * @param bytes of the same
   * @param timeout of its calls in nanoseconds; null for as long as it takes
   * @param most calls at a time; null for as many as there are
   */
  public record Module(
      String name,
      String kind,
      String digest,
      long bytes,
      List<AppDescription.Method> methods,
      @Nullable Long timeout,
      @Nullable Integer most) {}

  /**
   * @param fifo null, true or the field by which messages are in order
   */
  record Queue(String name, String service, String method, int attempts, @Nullable Object fifo) {}

  record Cron(String name, String service, String method, String overlap) {}

  /**
   * A run.
   *
   * @param strands the names of tasks; rows have their places
   * @param kind how it failed: an error's code, {@code trap} or {@code stall}; null if it passed
   */
  public record Taken(
      List<String> strands, List<Row> rows, @Nullable String kind, String message) {}

  /**
   * A step.
   *
   * @param at nanoseconds of the run's clock
   * @param fault what the platform did, if it is no step of the app
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"task", "at", "actor", "action", "key", "nth", "fault"})
  public record Row(
      int task,
      long at,
      String actor,
      String action,
      String key,
      int nth,
      @Nullable String fault) {}

  /** A module's file, told by what it is. */
  public record File(String digest, long bytes) {}

  /**
   * Of what was recorded; empty if it takes too long for a browser. Commands are left out, as no
   * test can call one.
   *
   * @param files by the names of modules
   */
  public static Optional<Rerun> of(
      AppCode app,
      Map<String, File> files,
      TestMethod test,
      Seed seed,
      Recording failing,
      @Nullable Recording passing) {
    Manifest manifest = app.manifest();
    boolean tooLong =
        failing.times().size() > MOST_STEPS
            || passing != null && passing.times().size() > MOST_STEPS;
    if (tooLong) {
      return Optional.empty();
    }
    Setting setting = Setting.ofTests(manifest, part -> seed.of(part).generator());
    return Optional.of(
        new Rerun(
            test.module(),
            test.method(),
            Long.toString(seed.of(test.toString()).value()),
            Long.toString(nanos(setting.beginning())),
            setting.config(),
            manifest.outbound(),
            app.order().stream()
                .flatMap(program -> program.services().keySet().stream())
                .filter(name -> app.contract(name).kind() != Kind.COMMAND)
                .map(name ->
                    module(
                        name,
                        Objects.requireNonNull(files.get(name), name),
                        app.contract(name),
                        manifest.services().get(name)))
                .toList(),
            manifest.queues().entrySet().stream()
                .map(each -> queue(each.getKey(), each.getValue()))
                .toList(),
            manifest.cron().entrySet().stream()
                .map(each -> cron(each.getKey(), each.getValue()))
                .toList(),
            List.copyOf(manifest.channelRules().audiences().keySet()),
            taken(failing),
            passing == null ? null : taken(passing)));
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  private static Module module(
      String name, File file, Contract contract, Manifest.@Nullable Service service) {
    return new Module(
        name,
        contract.kind().name().toLowerCase(Locale.ROOT),
        file.digest(),
        file.bytes(),
        AppDescription.methods(contract),
        service == null ? null : service.timeout().toNanos(),
        service == null ? null : Math.max(1, service.max()));
  }

  private static Queue queue(String name, Manifest.Queue queue) {
    return new Queue(
        name,
        queue.deliver().service(),
        queue.deliver().method(),
        queue.attempts(),
        AppDescription.order(queue.fifo()));
  }

  private static Cron cron(String name, Manifest.Cron cron) {
    return new Cron(
        name,
        cron.call().service(),
        cron.call().method(),
        cron.overlap().name().toLowerCase(Locale.ROOT));
  }

  private static Taken taken(Recording recording) {
    Map<String, Integer> strands = new HashMap<>();
    List<String> names = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    int taken = 0;
    long now = 0;
    for (Step step : recording.report().steps()) {
      Optional<Fault> fault = Fault.of(step);
      now = fault.isPresent() ? now : recording.times().get(taken++);
      int task =
          strands.computeIfAbsent(
              step.strand(),
              name -> {
                names.add(name);
                return names.size() - 1;
              });
      rows.add(
          new Row(
              task,
              now,
              step.actor(),
              step.action(),
              step.key(),
              step.nth(),
              fault.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse(null)));
    }
    Trial.Failure failure = recording.report().verdict().failure();
    return new Taken(
        names,
        rows,
        failure == null ? null : failure.kind(),
        failure == null ? "the test passes" : failure.message());
  }

  /** Of the files of its modules. */
  public List<String> digests() {
    return modules.stream().map(Module::digest).distinct().toList();
  }

  /** As the browser reads it. */
  public String json() {
    return JsonMapper.shared().writeValueAsString(this);
  }
}
