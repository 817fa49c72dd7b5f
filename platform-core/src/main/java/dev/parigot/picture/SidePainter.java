package dev.parigot.picture;

import dev.parigot.local.Event;
import dev.parigot.local.Recording;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws one run: who takes its steps, where each leads, and what it does to what is shared. */
final class SidePainter {
  private final Steps steps;
  private final List<String> pair;
  private final Set<String> concern;
  private final Map<Integer, List<Event>> events = new HashMap<>();
  private final Map<String, Integer> lanes = new LinkedHashMap<>();
  private final Map<String, String> onlyInstances;
  private final Texts texts = new Texts();

  /**
   * @param pair the points of the two steps whose order decides; empty if none does
   * @param concern the points of the steps that have to do with the failure
   */
  SidePainter(Steps steps, Recording recording, List<String> pair, Set<String> concern) {
    this.steps = steps;
    this.pair = pair;
    this.concern = concern;
    this.onlyInstances = onlyInstances(steps);
    for (Event event : recording.events()) {
      events.computeIfAbsent(Math.max(0, event.step()), _ -> new ArrayList<>()).add(event);
    }
  }

  Picture.Side side() {
    List<Picture.Lane> named = named();
    named.forEach(lane -> lanes.put(lane.name(), lanes.size()));
    int[] causes = Causes.of(steps);
    OpenCalls calls = new OpenCalls(steps);
    List<Picture.Row> rows = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      List<Integer> returns =
          calls.enter(i).ended().stream().map(name -> lanes.getOrDefault(name, 0)).toList();
      rows.add(row(i, causes[i], returns));
    }
    return new Picture.Side(named, rows, steps.all());
  }

  /** Services as they come up first, and the instances of each by their numbers. */
  private List<Picture.Lane> named() {
    List<String> services = steps.services();
    return IntStream.range(0, steps.size())
        .mapToObj(this::lane)
        .distinct()
        .map(name -> new Picture.Lane(name, service(name)))
        .sorted(
            Comparator.<Picture.Lane>comparingInt(lane -> services.indexOf(lane.service()))
                .thenComparingInt(lane -> lane.name().length())
                .thenComparing(Picture.Lane::name))
        .toList();
  }

  /** The instance of each service that has one alone: calls of which no step is seen are its. */
  private static Map<String, String> onlyInstances(Steps steps) {
    Map<String, List<String>> instances =
        steps.drawn().stream()
            .map(Step::actor)
            .filter(actor -> actor.contains("-"))
            .distinct()
            .collect(Collectors.groupingBy(SidePainter::service));
    return instances.entrySet().stream()
        .filter(each -> each.getValue().size() == 1)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().getFirst()));
  }

  /** The name of the lane that a step is in. */
  private String lane(int index) {
    String place = steps.place(index);
    String only = onlyInstances.getOrDefault(place, place);
    return only.equals(place + "-1") || index > ended(place)
        ? only
        : only.equals(place + "-2") ? place + "-1" : place;
  }

  /** When an idle instance of a service was ended; the end if none was. */
  private int ended(String service) {
    return IntStream.range(0, steps.size())
        .filter(i ->
            Fault.of(steps.get(i)).filter(Fault.COLD::equals).isPresent()
                && steps
                    .struck(steps.get(i))
                    .filter(at -> at.service().equals(service))
                    .isPresent())
        .findFirst()
        .orElse(steps.size());
  }

  private static String service(String instance) {
    int end = instance.indexOf('-');
    return end < 0 ? instance : instance.substring(0, end);
  }

  /** What a step did, as its row is filled. */
  private static final class Traces {
    private String words;
    private @Nullable String value;
    private final List<Picture.Change> changes = new ArrayList<>();
    private final List<Picture.Message> messages = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    Traces(String words) {
      this.words = words;
    }
  }

  private Picture.Row row(int index, int from, List<Integer> returns) {
    Step step = steps.get(index);
    Act act = Act.of(step);
    Traces traces =
        new Traces(
            act.kind() == Picture.Kind.FAULT
                ? "The platform " + FaultWords.of(steps, step).replace("`", "")
                : act.words());
    events.getOrDefault(index, List.of()).forEach(event -> note(event, act.kind(), traces));
    return new Picture.Row(
        Objects.requireNonNull(lanes.get(lane(index))),
        step.task(),
        act.kind(),
        traces.words,
        act.key(),
        traces.value,
        from,
        act.kind() == Picture.Kind.CALL ? callee(index, act.key()) : -1,
        returns,
        pair.indexOf(step.point()) + 1,
        concern.contains(step.point()),
        traces.changes,
        traces.messages,
        traces.log);
  }

  private void note(Event event, Picture.Kind kind, Traces traces) {
    switch (event) {
      case Event.Read(int _, Event.Value _, Event.Value read) -> traces.value = texts.of(read);
      case Event.Wrote(int _, Event.Value key, Event.Value written) -> {
        traces.value = written == null ? null : texts.of(written);
        traces.changes.add(new Picture.Change(texts.of(key), traces.value));
      }
      case Event.Differed(int _, Event.Value _, Event.Value found) -> {
        traces.words = "compares, and finds another value";
        traces.value = texts.of(found);
      }
      case Event.Listed(int _, Event.Value _, int keys) ->
          traces.value = keys == 1 ? "1 key" : keys + " keys";
      case Event.Moved(int _, String queue, int number, Event.Value body, Event.Place place) -> {
        String told = texts.of(body);
        traces.value = traces.value == null && kind == Picture.Kind.SEND ? told : traces.value;
        traces.messages.add(new Picture.Message(queue, number, told, word(place)));
      }
      case Event.Logged(int _, var line) -> traces.log.add(texts.of(line));
    }
  }

  private static String word(Event.Place place) {
    return switch (place) {
      case WAITING -> "waits";
      case BEING_DELIVERED -> "is being delivered";
      case DELIVERED -> "delivered";
      case GIVEN_UP -> "given up";
    };
  }

  /** The lane that a call goes to; -1 if it took no step there. */
  private int callee(int index, String method) {
    return steps
        .after(index, method.substring(0, method.indexOf('.')))
        .map(step -> lanes.getOrDefault(step.actor(), -1))
        .orElse(-1);
  }
}
