package dev.parigot.gate;

import dev.parigot.local.Event;
import dev.parigot.local.Line;
import dev.parigot.local.Recording;
import dev.parigot.timing.Explanation;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Picture} of what was recorded. */
final class Painter {
  /** More rows than anybody looks at. */
  private static final int MOST_ROWS = 1_000;

  /** Characters of values, messages and log lines of one side; those that come last are cut. */
  private static final int MOST_TEXT = 200_000;

  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_HEX = 24;
  private static final int CUT = 40;
  private static final String SERVICE = "parigot:service/";
  private static final String ASYNC = "parigot:async/";
  private static final String WAITS = "parigot:future wait";
  private static final String RESUMES = "goes on after";
  private static final String FAULT = "fault:";
  private static final String STRAND = " > ";
  private static final Pattern NUMBERED = Pattern.compile("(.*) \\((\\d+)\\)");
  private static final Pattern DELIVERY = Pattern.compile("\\S+ delivery 1( of .*)");
  private static final Pattern STEP_NUMBER = Pattern.compile(" \\(step \\d+\\)");
  private static final Pattern CODE_OF_CHECKS = Pattern.compile("^417:? ");
  private static final Pattern CHECK =
      Pattern.compile("(?:\\d+:? )?(?:(\\S+:\\d+): )?expected (.+?), got (.+)", Pattern.DOTALL);
  private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

  /** Nobody else can tell when it is done. */
  private static final Set<String> QUIET =
      Set.of(
          "parigot:log write",
          "parigot:config get",
          "parigot:random fill",
          "parigot:clock now_ns",
          "parigot:clock monotonic_ns",
          "parigot:call get",
          "wasi_snapshot_preview1 clock_time_get",
          "wasi_snapshot_preview1 random_get",
          "wasi_snapshot_preview1 fd_write");

  private final List<Step> steps;
  private final Map<Integer, List<Event>> events = new HashMap<>();
  private final List<String> pair;
  private int textLeft = MOST_TEXT;

  private Painter(Recording recording, List<String> pair) {
    List<Step> all = recording.report().steps();
    this.steps = all.subList(0, Math.min(MOST_ROWS, all.size()));
    this.pair = pair;
    for (Event event : recording.events()) {
      events.computeIfAbsent(Math.max(0, event.step()), _ -> new ArrayList<>()).add(event);
    }
  }

  /** Of an integration test. */
  static Picture of(String test, String failure, Recording failing) {
    Painter painter = new Painter(failing, List.of());
    Picture.Side side = painter.side(failing, painter.noisy());
    Matcher check = CHECK.matcher(failure);
    String sentence =
        check.matches()
            ? "The test expected `%s`, and got `%s`."
                .formatted(shorter(check.group(2)), shorter(check.group(3)))
            : sentence("the test failed: " + CODE_OF_CHECKS.matcher(failure).replaceFirst(""));
    return picture(test, sentence, failure, side, null, 0);
  }

  /**
   * Of a test that fails in one order.
   *
   * @param passing null if there is none
   */
  static Picture of(
      String test,
      String failure,
      Explanation why,
      Recording failing,
      @Nullable Recording passing) {
    List<String> pair =
        Stream.of(why.first(), why.second()).flatMap(Stream::ofNullable).map(Step::point).toList();
    Painter left = new Painter(failing, pair);
    Painter right = passing == null ? null : new Painter(passing, pair);
    Set<String> concern = left.concern();
    if (right != null) {
      concern.addAll(right.concern());
    }
    return picture(
        test,
        left.sentence(why),
        failure,
        left.side(failing, concern),
        right == null ? null : right.side(Objects.requireNonNull(passing), concern),
        right == null ? 0 : common(left.steps, right.steps));
  }

  private static Picture picture(
      String test,
      String sentence,
      String failure,
      Picture.Side failing,
      Picture.@Nullable Side passing,
      int common) {
    Matcher check = CHECK.matcher(failure);
    boolean told = check.matches();
    return new Picture(
        test,
        sentence,
        CODE_OF_CHECKS.matcher(failure).replaceFirst(""),
        told ? check.group(2) : null,
        told ? check.group(3) : null,
        told ? check.group(1) : null,
        common,
        failing,
        passing);
  }

  private static int common(List<Step> left, List<Step> right) {
    int same = 0;
    while (same < Math.min(left.size(), right.size())
        && left.get(same).point().equals(right.get(same).point())) {
      same++;
    }
    return same;
  }

  /** The explanation, with what the platform did in plain words. */
  private String sentence(Explanation why) {
    String words = STEP_NUMBER.matcher(why.sentence()).replaceAll("");
    for (Step step : steps) {
      if (step.action().equals(FAULT)) {
        words = words.replace("the platform " + step.key(), "the platform " + fault(step));
      }
    }
    return sentence(words);
  }

  /** What the platform did, which it seldom does, and an app has to bear. */
  private String fault(Step fault) {
    Optional<Step> at = struck(fault);
    if (at.isEmpty()) {
      return fault.key();
    }
    Step step = at.get();
    String what = (step.actor() + " " + text(step) + " " + ticked(key(step))).strip();
    for (Fault kind : Fault.values()) {
      if (fault.key().startsWith(kind.told() + " ")) {
        return switch (kind) {
          case DUPLICATE ->
              "delivered twice what %s sent to %s".formatted(step.actor(), ticked(step.key()));
          case KILL -> "ended the instance before " + what;
          case LOST -> "did not notice that a message was handled, and delivered it again";
          case COLD ->
              "ended an idle instance of %s, and its memory with it".formatted(step.service());
          case LATE -> "was slow, and let the time go on after " + what;
        };
      }
    }
    return fault.key();
  }

  private static String ticked(String name) {
    return name.isEmpty() ? "" : "`" + name + "`";
  }

  /** Names of services begin as they do. */
  static String sentence(String words) {
    if (words.isEmpty()) {
      return "The test failed.";
    }
    boolean named = words.split(" ", 2)[0].contains(".");
    return (named ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1)) + ".";
  }

  private static String shorter(String text) {
    String line = text.strip();
    return line.length() <= CUT ? line : line.substring(0, CUT) + "…";
  }

  /** Of which nothing decides: all that others can tell. */
  private Set<String> noisy() {
    Set<String> points = new HashSet<>();
    steps.stream()
        .filter(step -> !QUIET.contains(step.action()))
        .forEach(step -> points.add(step.point()));
    return points;
  }

  /**
   * The points that have to do with the two steps that decide: those steps, how their tasks came to
   * be, what else uses their key, faults, and the end.
   */
  private Set<String> concern() {
    if (pair.isEmpty()) {
      return noisy();
    }
    Set<String> points = new HashSet<>(pair);
    Set<String> strands = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (Step step : steps) {
      if (pair.contains(step.point())) {
        keys.add(step.key());
        int end = -1;
        String strand = step.strand() + STRAND;
        while ((end = strand.indexOf(STRAND, end + 1)) >= 0) {
          strands.add(strand.substring(0, end));
        }
      }
    }
    int[] causes = causes();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean begins = step.nth() == 0 && strands.contains(step.strand());
      boolean sameKey = keys.contains(step.key()) && step.action().startsWith("parigot:kv ");
      if (begins || sameKey || step.action().equals(FAULT)) {
        points.add(step.point());
        if (causes[i] >= 0) {
          points.add(steps.get(causes[i]).point());
        }
      }
    }
    points.addAll(openCalls());
    if (!steps.isEmpty()) {
      String root = steps.getFirst().strand();
      steps.reversed().stream()
          .filter(step -> step.strand().equals(root))
          .findFirst()
          .ifPresent(step -> points.add(step.point()));
    }
    return points;
  }

  /** The calls within which the steps of the pair are taken. */
  private Set<String> openCalls() {
    Set<String> points = new HashSet<>();
    Map<Integer, Deque<Step>> open = new HashMap<>();
    for (Step step : steps) {
      Deque<Step> stack = open.computeIfAbsent(step.task(), _ -> new ArrayDeque<>());
      // Whoever called goes on only when what it called has ended.
      while (stack.stream().anyMatch(call -> call.actor().equals(step.actor()))) {
        stack.pop();
      }
      if (pair.contains(step.point())) {
        stack.forEach(call -> points.add(call.point()));
      }
      if (step.action().startsWith(SERVICE)) {
        stack.push(step);
      }
    }
    return points;
  }

  /** Of each step the index of the one in another task that it follows from, or -1. */
  private int[] causes() {
    int[] causes = new int[steps.size()];
    Map<String, List<Integer>> sources = new HashMap<>();
    Map<String, Integer> latest = new HashMap<>();
    for (int i = 0; i < causes.length; i++) {
      Step step = steps.get(i);
      causes[i] =
          step.nth() == 0
              ? beginning(step.strand(), sources, latest)
              : step.action().equals(RESUMES) ? end(step, sources, latest) : -1;
      sources.computeIfAbsent(step.strand() + STRAND + begun(step), _ -> new ArrayList<>()).add(i);
      latest.put(step.strand(), i);
    }
    return causes;
  }

  /** How what the step starts begins; something that nothing is called, if it starts nothing. */
  private static String begun(Step step) {
    String action = step.action();
    if (action.startsWith(ASYNC)) {
      return action.substring(ASYNC.length()).replaceFirst(" ", " call ");
    }
    return action.equals("parigot:queue send") ? " of " + step.key() : action + " " + step.key();
  }

  /** The step that started the task; the one before, if it can't be told. */
  private static int beginning(
      String strand, Map<String, List<Integer>> sources, Map<String, Integer> latest) {
    int end = strand.lastIndexOf(STRAND);
    if (end < 0) {
      return -1;
    }
    String parent = strand.substring(0, end);
    Matcher numbered = NUMBERED.matcher(strand.substring(end + STRAND.length()));
    String what = numbered.matches() ? numbered.group(1) : strand.substring(end + STRAND.length());
    int nth = numbered.matches() ? Integer.parseInt(numbered.group(2)) : 1;
    Matcher delivery = DELIVERY.matcher(what);
    String key = parent + STRAND + (delivery.matches() ? delivery.group(1) : what);
    List<Integer> all = sources.getOrDefault(key, List.of());
    return nth <= all.size() ? all.get(nth - 1) : latest.getOrDefault(parent, -1);
  }

  /**
   * The last step of what was waited for: calls are taken to be waited for as they were started.
   */
  private static int end(
      Step step, Map<String, List<Integer>> sources, Map<String, Integer> latest) {
    String wait = step.strand() + STRAND + WAITS + " " + step.key();
    int nth = sources.getOrDefault(wait, List.of()).size();
    String child = step.strand() + STRAND + step.key().replaceFirst("\\.", " call ");
    return latest.getOrDefault(nth == 1 ? child : child + " (" + nth + ")", -1);
  }

  private Picture.Side side(Recording recording, Set<String> concern) {
    Map<String, Integer> lanes = new LinkedHashMap<>();
    List<Picture.Lane> named = lanes();
    named.forEach(lane -> lanes.put(lane.name(), lanes.size()));
    int[] causes = causes();
    Map<Integer, Deque<Step>> open = new HashMap<>();
    List<Picture.Row> rows = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Deque<Step> stack = open.computeIfAbsent(step.task(), _ -> new ArrayDeque<>());
      List<Integer> returns = new ArrayList<>();
      String callee = before(i);
      while (stack.stream().anyMatch(call -> call.actor().equals(step.actor()))) {
        stack.pop();
        if (!callee.equals(step.actor())) {
          returns.add(lanes.getOrDefault(callee, 0));
        }
        callee = stack.isEmpty() ? step.actor() : stack.peek().actor();
      }
      if (step.action().startsWith(SERVICE)) {
        stack.push(step);
      }
      rows.add(row(i, lanes, causes[i], returns, concern.contains(step.point())));
    }
    return new Picture.Side(named, rows, recording.report().steps().size());
  }

  /** Who took the step before of the same task. */
  private String before(int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (steps.get(i).task() == steps.get(index).task()) {
        return steps.get(i).actor();
      }
    }
    return steps.get(index).actor();
  }

  /** Services as they come up first, and the instances of each by their numbers. */
  private List<Picture.Lane> lanes() {
    List<String> services = steps.stream().map(Step::service).distinct().toList();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      names.add(laneOf(i));
    }
    return names.stream()
        .map(name -> new Picture.Lane(name, service(name)))
        .sorted(
            Comparator.<Picture.Lane>comparingInt(lane -> services.indexOf(lane.service()))
                .thenComparingInt(lane -> lane.name().length())
                .thenComparing(Picture.Lane::name))
        .toList();
  }

  private static String service(String instance) {
    int end = instance.indexOf('-');
    return end < 0 ? instance : instance.substring(0, end);
  }

  /** The instance; of a beginning that which takes the next step of the task, if it is its own. */
  private String laneOf(int index) {
    Step step = steps.get(index);
    if (step.nth() == 0) {
      return after(index, step.service()).orElse(step.actor());
    }
    return step.action().equals(FAULT) ? faulty(step) : step.actor();
  }

  /** A fault stands where it happens. */
  private String faulty(Step fault) {
    return struck(fault).map(Step::actor).orElse(fault.actor());
  }

  /** The step at which a fault happens: its key ends with it. */
  private Optional<Step> struck(Step fault) {
    return steps.stream()
        .filter(step -> step.task() == fault.task() && fault.key().endsWith(step.toString()))
        .findFirst();
  }

  private Optional<String> after(int index, String service) {
    for (int i = index + 1; i < steps.size(); i++) {
      if (steps.get(i).task() == steps.get(index).task()) {
        return steps.get(i).service().equals(service)
            ? Optional.of(steps.get(i).actor())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Picture.Row row(
      int index, Map<String, Integer> lanes, int from, List<Integer> returns, boolean concerns) {
    Step step = steps.get(index);
    List<Picture.Change> changes = new ArrayList<>();
    List<Picture.Message> messages = new ArrayList<>();
    List<String> log = new ArrayList<>();
    String value = null;
    String text =
        step.action().equals(FAULT) ? "The platform " + fault(step).replace("`", "") : text(step);
    for (Event event : events.getOrDefault(index, List.of())) {
      switch (event) {
        case Event.Read(int _, Event.Value _, Event.Value read) -> value = textOf(read);
        case Event.Wrote(int _, Event.Value key, Event.Value written) -> {
          value = written == null ? null : textOf(written);
          changes.add(new Picture.Change(textOf(key), value));
        }
        case Event.Differed(int _, Event.Value _, Event.Value found) -> {
          text = "compares, and finds another value";
          value = textOf(found);
        }
        case Event.Listed(int _, Event.Value _, int keys) ->
            value = keys == 1 ? "1 key" : keys + " keys";
        case Event.Moved(int _, String queue, int number, Event.Value body, Event.Place place) -> {
          String told = textOf(body);
          value = value == null ? told : value;
          messages.add(new Picture.Message(queue, number, told, word(place)));
        }
        case Event.Logged(int _, Line line) -> log.add(bounded(line(line)));
      }
    }
    Integer to = step.action().startsWith(SERVICE) ? callee(index, lanes) : null;
    return new Picture.Row(
        Objects.requireNonNull(lanes.get(laneOf(index))),
        step.task(),
        kind(step),
        text,
        kind(step) == Picture.Kind.FAULT ? "" : key(step),
        value,
        from,
        to == null ? -1 : to,
        returns,
        pair.indexOf(step.point()) + 1,
        concerns,
        changes,
        messages,
        log);
  }

  private @Nullable Integer callee(int index, Map<String, Integer> lanes) {
    String called = steps.get(index).action().substring(SERVICE.length());
    return after(index, called.substring(0, called.indexOf(' '))).map(lanes::get).orElse(null);
  }

  private static Picture.Kind kind(Step step) {
    String action = step.action();
    if (step.nth() == 0) {
      return Picture.Kind.BEGIN;
    }
    if (action.startsWith(SERVICE)) {
      return Picture.Kind.CALL;
    }
    if (action.startsWith(ASYNC)) {
      return Picture.Kind.START;
    }
    return switch (action) {
      case "parigot:queue send" -> Picture.Kind.SEND;
      case "parigot:kv get", "parigot:kv list" -> Picture.Kind.READ;
      case "parigot:kv put", "parigot:kv delete", "parigot:kv compare_and_set" ->
          Picture.Kind.WRITE;
      case WAITS, RESUMES, "parigot:test quiesce", "parigot:clock sleep_ns" -> Picture.Kind.WAIT;
      case FAULT -> Picture.Kind.FAULT;
      default -> Picture.Kind.OTHER;
    };
  }

  /** What it does, in the words of whoever reads the picture. */
  private static String text(Step step) {
    String action = step.action();
    if (step.nth() == 0) {
      return action.startsWith("delivery") ? "gets a message of" : "begins";
    }
    if (action.startsWith(SERVICE)) {
      return "calls";
    }
    if (action.startsWith(ASYNC)) {
      return "starts";
    }
    return switch (action) {
      case "parigot:queue send" -> "sends to";
      case "parigot:kv get" -> "reads";
      case "parigot:kv list" -> "lists";
      case "parigot:kv put" -> "writes";
      case "parigot:kv delete" -> "deletes";
      case "parigot:kv compare_and_set" -> "compares and sets";
      case WAITS -> "waits for";
      case RESUMES -> RESUMES;
      case "parigot:log write", "wasi_snapshot_preview1 fd_write" -> "logs";
      case "parigot:config get" -> "reads the setting";
      case "parigot:clock now_ns", "parigot:clock monotonic_ns" -> "asks for the time";
      case "parigot:clock sleep_ns" -> "sleeps";
      case "parigot:random fill" -> "draws at random";
      case "parigot:test quiesce" -> "waits until all is done";
      case "parigot:test advance_ns" -> "moves the clock";
      case "parigot:test run_cron" -> "runs the schedule";
      default -> action.substring(action.indexOf(':') + 1);
    };
  }

  private static String key(Step step) {
    String action = step.action();
    if (step.nth() == 0) {
      return action.startsWith("call")
          ? step.service() + "." + (action + " " + step.key()).substring("call ".length()).strip()
          : step.key();
    }
    for (String prefix : List.of(SERVICE, ASYNC)) {
      if (action.startsWith(prefix)) {
        return action.substring(prefix.length()).replace(' ', '.');
      }
    }
    return step.key();
  }

  private static String word(Event.Place place) {
    return switch (place) {
      case WAITING -> "waits";
      case BEING_DELIVERED -> "is being delivered";
      case DELIVERED -> "delivered";
      case GIVEN_UP -> "given up";
    };
  }

  private static String line(Line line) {
    return LEVELS.get(Math.clamp(line.level(), 0, LEVELS.size() - 1))
        + " "
        + line.instance()
        + ": "
        + line.message();
  }

  private String textOf(Event.@Nullable Value value) {
    return value == null ? "nothing" : bounded(readable(value));
  }

  private String bounded(String text) {
    int most = Math.min(LONGEST_TEXT, textLeft);
    textLeft -= Math.min(most, text.length());
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /** UTF-8 as it is, else the bytes. */
  private static String readable(Event.Value value) {
    byte[] start = value.start();
    if (start.length == 0) {
      return "empty";
    }
    String whole = value.size() > start.length ? "… (%,d bytes)".formatted(value.size()) : "";
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(start)).toString();
      if (text.chars().noneMatch(each -> each < ' ' && !Character.isWhitespace(each))) {
        return text + whole;
      }
    } catch (CharacterCodingException e) {
      // They are told as bytes.
    }
    if (start.length == value.size() && (start.length == 4 || start.length == 8)) {
      ByteBuffer number = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
      return "%d (bytes %s)"
          .formatted(
              start.length == 4 ? number.getInt() : number.getLong(),
              HexFormat.ofDelimiter(" ").formatHex(start));
    }
    byte[] few = Arrays.copyOf(start, Math.min(LONGEST_HEX, start.length));
    return "bytes "
        + HexFormat.ofDelimiter(" ").formatHex(few)
        + (few.length < value.size() ? "… (%,d in all)".formatted(value.size()) : "");
  }
}
