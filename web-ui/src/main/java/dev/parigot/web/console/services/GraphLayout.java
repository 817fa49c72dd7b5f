package dev.parigot.web.console.services;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Where the tiles of a graph stand: callers to the left of what they call, few crossings, edges
 * around the tiles between their ends. After Sugiyama: columns by the longest path, the order in a
 * column by barycentres, heights by the mean of the neighbours. The same graph has always the same
 * picture. Lengths are in CSS pixels.
 */
final class GraphLayout {
  static final int TILE_WIDTH = 240;
  static final int TILE_HEIGHT = 112;
  private static final int COLUMN_GAP = 64;
  private static final int ROW_GAP = 24;

  /** The height of an edge that passes between tiles. */
  private static final int LANE = 12;

  /** A column with more tiles than this is split. */
  private static final int TALLEST = 10;

  private static final int SWEEPS = 8;

  /** A place in a column: a tile, or one of the points at which a long edge passes the column. */
  private static final class Spot {
    final String name;
    final boolean tile;
    final List<Spot> left = new ArrayList<>();
    final List<Spot> right = new ArrayList<>();
    int column;
    double middle;

    Spot(String name, boolean tile, int column) {
      this.name = name;
      this.tile = tile;
      this.column = column;
    }

    double height() {
      return tile ? TILE_HEIGHT : LANE;
    }
  }

  /** A point of an edge. */
  record Point(double x, double y) {}

  /** The upper left corner of a tile. */
  record Tile(String name, double x, double y) {}

  /** An edge with the points that it passes, from its caller to its callee; none for a loop. */
  record Path(ServiceGraph.Edge edge, List<Point> points) {}

  /** A finished picture. */
  record Picture(double width, double height, List<Tile> tiles, List<Path> paths) {}

  private final List<ServiceGraph.Edge> edges;
  private final Map<String, Spot> tiles = new LinkedHashMap<>();
  private final Map<ServiceGraph.Edge, List<Spot>> chains = new LinkedHashMap<>();
  private final List<List<Spot>> columns = new ArrayList<>();

  private GraphLayout(ServiceGraph graph) {
    this.edges = graph.edges();
    graph.services().forEach(each -> tiles.put(each.name(), new Spot(each.name(), true, 0)));
  }

  static Picture of(ServiceGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    layout.assignColumns();
    layout.splitTallColumns();
    layout.addLanes();
    layout.order();
    layout.settle();
    return layout.picture();
  }

  /** Callers left of callees; an edge that would close a cycle is left to point backwards. */
  private void assignColumns() {
    Map<String, Set<String>> forward = new LinkedHashMap<>();
    edges.stream()
        .sorted(Comparator.comparing(ServiceGraph.Edge::async))
        .filter(edge -> !reaches(forward, edge.to(), edge.from(), new HashSet<>()))
        .forEach(edge -> forward.computeIfAbsent(edge.from(), _ -> new HashSet<>()).add(edge.to()));
    Map<String, Integer> depths = new HashMap<>();
    tiles.forEach((name, spot) -> spot.column = depth(forward, name, depths));
    pullRight(forward);
  }

  private static boolean reaches(
      Map<String, Set<String>> forward, String from, String to, Set<String> seen) {
    if (from.equals(to)) {
      return true;
    }
    return seen.add(from)
        && callees(forward, from).stream().anyMatch(next -> reaches(forward, next, to, seen));
  }

  private static Set<String> callees(Map<String, Set<String>> forward, String name) {
    return forward.getOrDefault(name, Set.of());
  }

  private Spot spot(String name) {
    return Objects.requireNonNull(tiles.get(name));
  }

  /** The length of the longest way to a service. */
  private static int depth(
      Map<String, Set<String>> forward, String name, Map<String, Integer> depths) {
    Integer known = depths.get(name);
    if (known != null) {
      return known;
    }
    int depth =
        forward.entrySet().stream()
            .filter(each -> each.getValue().contains(name))
            .mapToInt(each -> depth(forward, each.getKey(), depths) + 1)
            .max()
            .orElse(0);
    depths.put(name, depth);
    return depth;
  }

  /** Brings a service that nobody calls next to what it calls. */
  private void pullRight(Map<String, Set<String>> forward) {
    Set<String> called = new HashSet<>();
    forward.values().forEach(called::addAll);
    tiles.forEach((name, spot) -> {
      if (!called.contains(name)) {
        spot.column =
            callees(forward, name).stream().mapToInt(each -> spot(each).column - 1).min().orElse(0);
      }
    });
  }

  private void splitTallColumns() {
    Map<Integer, List<Spot>> byColumn = new TreeMap<>();
    tiles.values().forEach(s -> byColumn.computeIfAbsent(s.column, _ -> new ArrayList<>()).add(s));
    int next = 0;
    for (List<Spot> column : byColumn.values()) {
      int parts = Math.ceilDiv(column.size(), TALLEST);
      for (int i = 0; i < column.size(); i++) {
        column.get(i).column = next + i * parts / column.size();
      }
      next += parts;
    }
    for (int i = 0; i < next; i++) {
      columns.add(new ArrayList<>());
    }
    tiles.values().forEach(spot -> columns.get(spot.column).add(spot));
  }

  /** Gives each edge a spot in every column that it passes. */
  private void addLanes() {
    for (ServiceGraph.Edge edge : edges) {
      Spot from = spot(edge.from());
      Spot to = spot(edge.to());
      if (from.column == to.column) {
        chains.put(edge, List.of());
        continue;
      }
      List<Spot> chain = new ArrayList<>(List.of(from));
      int step = Integer.signum(to.column - from.column);
      for (int column = from.column + step; column != to.column; column += step) {
        Spot lane = new Spot("", false, column);
        columns.get(column).add(lane);
        chain.add(lane);
      }
      chain.add(to);
      for (int i = 1; i < chain.size(); i++) {
        Spot a = chain.get(step > 0 ? i - 1 : i);
        Spot b = chain.get(step > 0 ? i : i - 1);
        a.right.add(b);
        b.left.add(a);
      }
      chains.put(edge, List.copyOf(chain));
    }
  }

  /** Sorts each column by where its neighbours stand, and keeps the order with fewest crossings. */
  private void order() {
    List<List<Spot>> best = copyOfColumns();
    long fewest = crossings();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean rightwards = sweep % 2 == 0;
      for (int i = 1; i < columns.size(); i++) {
        int column = rightwards ? i : columns.size() - 1 - i;
        sort(columns.get(column), rightwards, ranks());
      }
      long now = crossings();
      if (now < fewest) {
        fewest = now;
        best = copyOfColumns();
      }
    }
    columns.clear();
    columns.addAll(best);
  }

  private static void sort(List<Spot> column, boolean rightwards, Map<Spot, Double> ranks) {
    Map<Spot, Double> keys = new HashMap<>();
    for (Spot spot : column) {
      List<Spot> neighbours = rightwards ? spot.left : spot.right;
      keys.put(
          spot,
          neighbours.stream().mapToDouble(ranks::get).average().orElseGet(() -> ranks.get(spot)));
    }
    column.sort(Comparator.comparingDouble(keys::get));
  }

  /** Each spot's place in its column, from 0 to 1. */
  private Map<Spot, Double> ranks() {
    Map<Spot, Double> ranks = new HashMap<>();
    for (List<Spot> column : columns) {
      for (int i = 0; i < column.size(); i++) {
        ranks.put(column.get(i), (i + 0.5) / column.size());
      }
    }
    return ranks;
  }

  private long crossings() {
    Map<Spot, Double> ranks = ranks();
    long sum = 0;
    for (List<Spot> column : columns) {
      List<double[]> lines = new ArrayList<>();
      for (Spot spot : column) {
        spot.right.forEach(to -> lines.add(new double[] {ranks.get(spot), ranks.get(to)}));
      }
      for (int i = 0; i < lines.size(); i++) {
        for (int j = 0; j < i; j++) {
          double[] a = lines.get(i);
          double[] b = lines.get(j);
          sum += (a[0] - b[0]) * (a[1] - b[1]) < 0 ? 1 : 0;
        }
      }
    }
    return sum;
  }

  private List<List<Spot>> copyOfColumns() {
    List<List<Spot>> copy = new ArrayList<>();
    columns.forEach(column -> copy.add(new ArrayList<>(column)));
    return copy;
  }

  /** Moves the spots of a column towards their neighbours, without changing their order. */
  private void settle() {
    columns.forEach(column -> place(column, _ -> 0));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean rightwards = sweep % 2 == 0;
      for (int i = 0; i < columns.size(); i++) {
        List<Spot> column = columns.get(rightwards ? i : columns.size() - 1 - i);
        place(column, spot -> meanOfNeighbours(spot, rightwards));
      }
    }
  }

  private static double meanOfNeighbours(Spot spot, boolean rightwards) {
    List<Spot> first = rightwards ? spot.left : spot.right;
    List<Spot> second = rightwards ? spot.right : spot.left;
    List<Spot> neighbours = first.isEmpty() ? second : first;
    return neighbours.stream().mapToDouble(each -> each.middle).average().orElse(spot.middle);
  }

  /**
   * Gives each spot the height nearest to the wished one that keeps it clear of the others: the
   * least-squares solution, found by pooling adjacent violators.
   */
  private static void place(List<Spot> column, ToDoubleFunction<Spot> wish) {
    int n = column.size();
    double[] offsets = new double[n];
    for (int i = 1; i < n; i++) {
      Spot above = column.get(i - 1);
      Spot spot = column.get(i);
      offsets[i] = offsets[i - 1] + (above.height() + spot.height()) / 2 + ROW_GAP;
    }
    double[] means = new double[n];
    int[] sizes = new int[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      means[blocks] = wish.applyAsDouble(column.get(i)) - offsets[i];
      sizes[blocks] = 1;
      blocks++;
      while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
        int size = sizes[blocks - 2] + sizes[blocks - 1];
        means[blocks - 2] =
            (means[blocks - 2] * sizes[blocks - 2] + means[blocks - 1] * sizes[blocks - 1]) / size;
        sizes[blocks - 2] = size;
        blocks--;
      }
    }
    int i = 0;
    for (int block = 0; block < blocks; block++) {
      for (int k = 0; k < sizes[block]; k++, i++) {
        column.get(i).middle = means[block] + offsets[i];
      }
    }
  }

  private Picture picture() {
    double top =
        columns.stream()
            .flatMap(List::stream)
            .mapToDouble(spot -> spot.middle - spot.height() / 2)
            .min()
            .orElse(0);
    double bottom =
        columns.stream()
            .flatMap(List::stream)
            .mapToDouble(spot -> spot.middle + spot.height() / 2)
            .max()
            .orElse(0);
    columns.forEach(column -> column.forEach(spot -> spot.middle = Math.rint(spot.middle - top)));
    List<Tile> placed =
        columns.stream()
            .flatMap(List::stream)
            .filter(spot -> spot.tile)
            .map(spot -> new Tile(spot.name, x(spot.column), spot.middle - TILE_HEIGHT / 2.0))
            .toList();
    List<Path> paths =
        chains.entrySet().stream()
            .map(each -> new Path(each.getKey(), points(each.getValue(), shift(each.getKey()))))
            .toList();
    double width = Math.max(0, columns.size() * (TILE_WIDTH + COLUMN_GAP) - COLUMN_GAP);
    return new Picture(width, Math.ceil(bottom - top), placed, paths);
  }

  private static double x(int column) {
    return column * (double) (TILE_WIDTH + COLUMN_GAP);
  }

  /** An asynchronous edge beside another one between the same services runs a little lower. */
  private double shift(ServiceGraph.Edge edge) {
    boolean alone =
        edges.stream()
            .filter(other -> !other.equals(edge))
            .noneMatch(other -> {
              List<String> ends = List.of(edge.from(), edge.to());
              return ends.contains(other.from())
                  && ends.contains(other.to())
                  && !other.from().equals(other.to());
            });
    return edge.async() && !alone ? LANE + 4 : 0;
  }

  private static List<Point> points(List<Spot> chain, double shift) {
    if (chain.size() < 2) {
      return List.of();
    }
    boolean rightwards = chain.getFirst().column < chain.getLast().column;
    List<Point> points = new ArrayList<>();
    for (Spot spot : chain) {
      double near = x(spot.column) + (rightwards ? 0 : TILE_WIDTH);
      double far = x(spot.column) + (rightwards ? TILE_WIDTH : 0);
      if (spot != chain.getFirst()) {
        points.add(new Point(near, spot.middle + shift));
      }
      if (spot != chain.getLast()) {
        points.add(new Point(far, spot.middle + shift));
      }
    }
    return List.copyOf(points);
  }
}
