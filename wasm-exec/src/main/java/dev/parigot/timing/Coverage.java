package dev.parigot.timing;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What schedules have tried. Two that differ in the order of steps without conflict alone are of
 * one class: no program can tell them apart. Whoever goes on later keeps it meanwhile.
 */
public final class Coverage {
  private final Set<Long> classes = new HashSet<>();

  /** Of each two steps in conflict that came one after the other. */
  private final Set<Long> orders = new HashSet<>();

  private int pairs;
  private int bothWays;

  /**
   * What one schedule has tried.
   *
   * @param hash of its class
   * @param orders the pairs of steps in conflict, each as it came
   */
  record Seen(long hash, Set<Conflicts.Pair> orders) {
    static Seen of(List<Step> steps) {
      Conflicts conflicts = new Conflicts(steps);
      Set<Conflicts.Pair> orders = new LinkedHashSet<>();
      Map<Integer, Long> tasks = new HashMap<>();
      long[] hashes = new long[steps.size()];
      long all = 0;
      for (int i = 0; i < hashes.length; i++) {
        Step step = steps.get(i);
        long past = tasks.getOrDefault(step.task(), 0L);
        for (int earlier : conflicts.before(i)) {
          past += mixed(hashes[earlier]);
          if (steps.get(earlier).task() != step.task()) {
            orders.add(new Conflicts.Pair(steps.get(earlier).point(), step.point()));
          }
        }
        // Of all that happened before it.
        hashes[i] = mixed(step.point().hashCode() * 31L + past);
        tasks.put(step.task(), hashes[i]);
        all += mixed(hashes[i]);
      }
      return new Seen(all, orders);
    }
  }

  /** As {@link #kept} has it: 8 bytes for each class, and for each order of two steps. */
  public static Coverage of(byte[] kept) {
    Coverage coverage = new Coverage();
    if (kept.length > 0) {
      ByteBuffer numbers = ByteBuffer.wrap(kept);
      coverage.pairs = numbers.getInt();
      coverage.bothWays = numbers.getInt();
      for (int left = numbers.getInt(); left > 0; left--) {
        coverage.classes.add(numbers.getLong());
      }
      while (numbers.hasRemaining()) {
        coverage.orders.add(numbers.getLong());
      }
    }
    return coverage;
  }

  /** All of it, to go on with later. */
  public byte[] kept() {
    int longs = classes.size() + orders.size();
    ByteBuffer numbers = ByteBuffer.allocate(3 * Integer.BYTES + longs * Long.BYTES);
    numbers.putInt(pairs).putInt(bothWays).putInt(classes.size());
    classes.forEach(numbers::putLong);
    orders.forEach(numbers::putLong);
    return numbers.array();
  }

  void add(Seen seen) {
    classes.add(seen.hash());
    seen.orders().forEach(this::note);
  }

  private void note(Conflicts.Pair order) {
    if (orders.add(hash(order.first(), order.second()))) {
      boolean other = orders.contains(hash(order.second(), order.first()));
      pairs += other ? 0 : 1;
      bothWays += other ? 1 : 0;
    }
  }

  private static long hash(String first, String second) {
    return mixed(hash(first)) * 31 + hash(second);
  }

  private static long hash(String point) {
    long hash = point.length();
    for (int i = 0; i < point.length(); i++) {
      hash = mixed(hash ^ point.charAt(i));
    }
    return hash;
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 29;
  }

  /** The classes of schedules that have been tried. */
  Set<Long> classes() {
    return classes;
  }

  /** How many pairs of steps in conflict came one after the other. */
  int pairs() {
    return pairs;
  }

  /** How many of them did so in both orders. */
  int bothWays() {
    return bothWays;
  }
}
