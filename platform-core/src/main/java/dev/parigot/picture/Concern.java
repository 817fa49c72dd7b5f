package dev.parigot.picture;

import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which steps have to do with a failure, by their points: the steps that decide, how their tasks
 * came to be, the calls around them, what else uses their keys, faults, and the end. Where nothing
 * decides, all that others can tell.
 */
final class Concern {
  private static final String STRAND = " > ";
  private static final String STORE = "parigot:kv ";

  /** Of a run in which nothing decides, its beginning and its end are looked at. */
  private static final int AT_EITHER_END = 60;

  private final List<String> decisive;
  private final Set<String> services;
  private final Set<String> keys;
  private final Set<String> points = new HashSet<>();

  /**
   * @param decisive the points of the steps that decide
   * @param services whose steps that use the store matter as well
   * @param keys likewise of the store
   */
  private Concern(List<String> decisive, Set<String> services, Set<String> keys) {
    this.decisive = decisive;
    this.services = services;
    this.keys = keys;
  }

  /**
   * @param pair the points of the two steps whose order decides; empty if none does
   * @param passing null if there is no such run
   */
  static Set<String> of(Steps failing, @Nullable Steps passing, List<String> pair) {
    List<Step> struck = pair.isEmpty() ? struck(failing, Set.of(Fault.values())) : List.of();
    List<String> decisive = pair.isEmpty() ? struck.stream().map(Step::point).toList() : pair;
    List<Step> decide =
        Stream.of(failing, passing)
            .flatMap(Stream::ofNullable)
            .flatMap(side -> side.drawn().stream())
            .filter(step -> decisive.contains(step.point()))
            .toList();
    Set<String> strands = struck.stream().map(Step::strand).collect(Collectors.toSet());
    Stream<Step> around = failing.drawn().stream().filter(step -> strands.contains(step.strand()));
    Concern concern =
        new Concern(
            decisive,
            // What is lost with the memory of an instance, any of its keys may tell.
            struck(failing, Set.of(Fault.COLD)).stream()
                .filter(struck::contains)
                .map(Step::service)
                .collect(Collectors.toSet()),
            Stream.concat(decide.stream(), around)
                .filter(Concern::usesStore)
                .map(Step::key)
                .collect(Collectors.toSet()));
    Stream.of(failing, passing).flatMap(Stream::ofNullable).forEach(concern::add);
    return concern.points;
  }

  /** The steps at which the platform did what it seldom does. */
  private static List<Step> struck(Steps steps, Set<Fault> faults) {
    return steps.drawn().stream()
        .filter(step -> Fault.of(step).filter(faults::contains).isPresent())
        .flatMap(fault -> steps.struck(fault).stream())
        .toList();
  }

  private static boolean usesStore(Step step) {
    return step.action().startsWith(STORE);
  }

  private void add(Steps steps) {
    if (decisive.isEmpty()) {
      List<Step> told = steps.drawn().stream().filter(step -> !step.isQuiet()).toList();
      int end = Math.max(told.size() - AT_EITHER_END, 0);
      told.stream().limit(AT_EITHER_END).forEach(step -> points.add(step.point()));
      told.subList(end, told.size()).forEach(step -> points.add(step.point()));
      return;
    }
    points.addAll(decisive);
    List<Step> found =
        steps.drawn().stream().filter(step -> decisive.contains(step.point())).toList();
    addAround(steps, found);
    addCallsAround(steps);
    if (found.size() < decisive.size()) {
      addWhoeverWaits(steps);
    }
    steps.last().ifPresent(step -> points.add(step.point()));
  }

  private void addAround(Steps steps, List<Step> found) {
    Set<String> strands = new HashSet<>();
    found.forEach(step -> addAncestors(strands, step.strand()));
    int[] causes = Causes.of(steps);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean ofService = services.contains(step.service());
      boolean begins = step.nth() == 0 && (ofService || strands.contains(step.strand()));
      boolean uses = usesStore(step) && (ofService || keys.contains(step.key()));
      if (begins || uses || Fault.of(step).isPresent()) {
        points.add(step.point());
        if (causes[i] >= 0) {
          points.add(steps.get(causes[i]).point());
        }
      }
    }
  }

  /** The strand, and those of the tasks that led to its beginning. */
  private static void addAncestors(Set<String> strands, String strand) {
    strands.add(strand);
    for (int end = strand.indexOf(STRAND); end >= 0; end = strand.indexOf(STRAND, end + 1)) {
      strands.add(strand.substring(0, end));
    }
  }

  private void addCallsAround(Steps steps) {
    OpenCalls calls = new OpenCalls(steps);
    for (int i = 0; i < steps.size(); i++) {
      OpenCalls.Around around = calls.enter(i);
      if (decisive.contains(steps.get(i).point())) {
        around.calls().forEach(call -> points.add(call.point()));
      }
    }
  }

  /** What has not come to be, somebody may wait for to the end. */
  private void addWhoeverWaits(Steps steps) {
    Map<Integer, Step> latest = new HashMap<>();
    steps.drawn().forEach(step -> latest.put(step.task(), step));
    Set<String> strands = new HashSet<>();
    for (Step step : latest.values()) {
      if (step.action().equals(Act.WAITS)) {
        points.add(step.point());
        strands.add(step.strand());
      }
    }
    steps.drawn().stream()
        .filter(step -> step.nth() == 0 && strands.contains(step.strand()))
        .forEach(step -> points.add(step.point()));
  }
}
