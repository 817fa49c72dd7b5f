package dev.parigot.picture;

import dev.parigot.timing.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which steps follow from one of another task: it started theirs, or they waited for it. */
final class Causes {
  private static final String STRAND = " > ";
  private static final Pattern NUMBERED = Pattern.compile("(.*) \\((\\d+)\\)");
  private static final Pattern DELIVERY = Pattern.compile("\\S+ delivery 1( of .*)");

  /** The steps that may have started a task, by what its strand is called then. */
  private final Map<String, List<Integer>> sources = new HashMap<>();

  /** The last step of each strand so far. */
  private final Map<String, Integer> latest = new HashMap<>();

  private Causes() {}

  /** Of each step the index of the one in another task that it follows from, or -1. */
  static int[] of(Steps steps) {
    Causes causes = new Causes();
    int[] found = new int[steps.size()];
    for (int i = 0; i < found.length; i++) {
      Step step = steps.get(i);
      found[i] = causes.of(step);
      causes.note(step, i);
    }
    return found;
  }

  private int of(Step step) {
    if (step.nth() == 0) {
      return beginning(step.strand());
    }
    return step.action().equals(Act.RESUMES) ? end(step) : -1;
  }

  private void note(Step step, int index) {
    sources
        .computeIfAbsent(step.strand() + STRAND + begun(step), _ -> new ArrayList<>())
        .add(index);
    latest.put(step.strand(), index);
  }

  /** How what the step starts begins; something that nothing is called, if it starts nothing. */
  private static String begun(Step step) {
    String action = step.action();
    if (action.startsWith(Act.STARTS)) {
      return action.substring(Act.STARTS.length()).replaceFirst(" ", " call ");
    }
    return action.equals(Act.SENDS) ? " of " + step.key() : action + " " + step.key();
  }

  /** The step that started the task; the one before, if it can't be told. */
  private int beginning(String strand) {
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
  private int end(Step step) {
    String wait = step.strand() + STRAND + Act.WAITS + " " + step.key();
    int nth = sources.getOrDefault(wait, List.of()).size();
    String child = step.strand() + STRAND + step.key().replaceFirst("\\.", " call ");
    return latest.getOrDefault(nth == 1 ? child : child + " (" + nth + ")", -1);
  }
}
