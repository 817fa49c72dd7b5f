package dev.parigot.picture;

import dev.parigot.local.Recording;
import dev.parigot.timing.Explanation;
import dev.parigot.timing.Fault;
import dev.parigot.timing.Step;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Picture} of what was recorded. */
public final class Painter {
  private static final int CUT = 40;
  private static final String STALLED = "stalled: ";
  private static final String TRAPPED = "trapped: ";
  private static final String TIMED_OUT = "408 ";
  private static final Pattern STEP_NUMBER = Pattern.compile(" \\(step \\d+\\)");
  private static final Pattern BEGINNING = Pattern.compile("`(\\w+): call (\\w+)`");
  private static final Pattern CODE_OF_CHECKS = Pattern.compile("^417:? ");
  private static final Pattern CHECK =
      Pattern.compile("(?:\\d+:? )?(?:(\\S+:\\d+): )?expected (.+?), got (.+)", Pattern.DOTALL);

  private Painter() {}

  /** Of an integration test. */
  public static Picture of(String test, String failure, Recording failing) {
    Steps steps = steps(failing);
    Set<String> concern = Concern.of(steps, null, List.of());
    Matcher check = CHECK.matcher(failure);
    String sentence =
        check.matches()
            ? "The test expected `%s`, and got `%s`."
                .formatted(shorter(check.group(2)), shorter(check.group(3)))
            : sentence(ending(failure));
    Picture.Side side = new SidePainter(steps, failing, List.of(), concern).side();
    return picture(test, sentence, failure, side, null, 0);
  }

  /** What did not come to an end is told as that, and a trap without its stack. */
  private static String ending(String failure) {
    if (failure.startsWith(STALLED)) {
      return failure.substring(STALLED.length());
    }
    if (failure.startsWith(TRAPPED)) {
      return "the test " + failure.lines().findFirst().orElse(failure);
    }
    return failure.startsWith(TIMED_OUT)
        ? "time-out: " + failure.substring(TIMED_OUT.length())
        : "the test failed: " + CODE_OF_CHECKS.matcher(failure).replaceFirst("");
  }

  /**
   * Of a test that fails in one order.
   *
   * @param passing null if there is none
   */
  public static Picture of(
      String test,
      String failure,
      Explanation why,
      Recording failing,
      @Nullable Recording passing) {
    List<String> pair =
        Stream.of(why.first(), why.second()).flatMap(Stream::ofNullable).map(Step::point).toList();
    Steps left = steps(failing);
    Steps right = passing == null ? null : steps(passing);
    Set<String> concern = Concern.of(left, right, pair);
    Picture.Side other = null;
    int common = 0;
    if (passing != null && right != null) {
      other = new SidePainter(right, passing, pair, concern).side();
      common = common(left.drawn(), right.drawn());
    }
    Picture.Side side = new SidePainter(left, failing, pair, concern).side();
    return picture(test, sentence(why, left), failure, side, other, common);
  }

  private static Steps steps(Recording recording) {
    return Steps.of(recording.report().steps());
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
  private static String sentence(Explanation why, Steps steps) {
    String words = why.sentence();
    for (Step step : steps.drawn()) {
      if (Fault.of(step).isPresent()) {
        words =
            words.replace(
                "the platform " + step.key(), "the platform " + FaultWords.of(steps, step));
      }
    }
    return plain(words);
  }

  /** An explanation as a sentence, without the numbers of steps. */
  public static String plain(String why) {
    String words = STEP_NUMBER.matcher(why).replaceAll("");
    return sentence(BEGINNING.matcher(words).replaceAll("the call `$1.$2`"));
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
}
