package dev.parigot.web.console.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.release.ReleasedService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GraphLayoutTest {
  @Test
  void callersStandLeftOfWhatTheyCall() {
    GraphLayout.Picture picture =
        layout(
            service("stock"),
            service("web", "cart.add", "stock.list"),
            service("cart", "stock.reserve"));

    assertThat(tile(picture, "web").x()).isLessThan(tile(picture, "cart").x());
    assertThat(tile(picture, "cart").x()).isLessThan(tile(picture, "stock").x());
  }

  @Test
  void aLongEdgePassesTheTilesBetweenItsEnds() {
    GraphLayout.Picture picture =
        layout(
            service("web", "cart.add", "stock.list"),
            service("cart", "stock.reserve"),
            service("stock"));

    GraphLayout.Tile cart = tile(picture, "cart");
    List<GraphLayout.Point> points = path(picture, "web", "stock").points();
    assertThat(points).hasSize(4);
    assertThat(points.get(1).y())
        .satisfiesAnyOf(
            y -> assertThat(y).isLessThan(cart.y()),
            y -> assertThat(y).isGreaterThan(cart.y() + GraphLayout.TILE_HEIGHT));
  }

  @Test
  void anEdgeThatClosesACyclePointsBack() {
    GraphLayout.Picture picture = layout(service("a", "b.run"), service("b", "~a.done"));

    List<GraphLayout.Point> back = path(picture, "b", "a").points();
    assertThat(back.getFirst().x()).isGreaterThan(back.getLast().x());
    assertThat(back.getFirst().y())
        .as("beside the edge there, not on it")
        .isNotEqualTo(path(picture, "a", "b").points().getLast().y());
  }

  @Test
  void aServiceThatCallsItselfHasALoop() {
    assertThat(path(layout(service("a", "~a.again")), "a", "a").points()).isEmpty();
  }

  @Test
  void callsOfOneKindBetweenTwoServicesAreOneEdge() {
    assertThat(layout(service("a", "b.run", "b.stop", "~b.run"), service("b")).paths()).hasSize(2);
  }

  @Test
  void callsToServicesThatAreNotThereAreLeftOut() {
    assertThat(layout(service("a", "gone.run")).paths()).isEmpty();
  }

  @Test
  void nothingIsAnEmptyPicture() {
    GraphLayout.Picture picture = layout();
    assertThat(picture.width()).isZero();
    assertThat(picture.height()).isZero();
  }

  @Test
  void twoHundredServicesNeitherOverlapNorLeaveThePicture() {
    GraphLayout.Picture picture = layout(many(200, new Random(7)));

    assertThat(picture.tiles()).hasSize(200);
    for (GraphLayout.Tile tile : picture.tiles()) {
      assertThat(tile.x()).isBetween(0.0, picture.width() - GraphLayout.TILE_WIDTH);
      assertThat(tile.y()).isBetween(0.0, picture.height() - GraphLayout.TILE_HEIGHT + 1);
      assertThat(picture.tiles().stream().filter(other -> overlap(tile, other))).containsOnly(tile);
    }
  }

  @Test
  void manyServicesWithoutCallsStandInSeveralColumns() {
    GraphLayout.Picture picture =
        layout(
            IntStream.range(0, 35).mapToObj(i -> service("s" + i)).toArray(ReleasedService[]::new));

    assertThat(picture.tiles().stream().map(GraphLayout.Tile::x).distinct()).hasSize(4);
  }

  @Test
  void theSameGraphHasTheSamePicture() {
    assertThat(layout(many(60, new Random(1)))).isEqualTo(layout(many(60, new Random(1))));
  }

  private static boolean overlap(GraphLayout.Tile a, GraphLayout.Tile b) {
    return Math.abs(a.x() - b.x()) < GraphLayout.TILE_WIDTH
        && Math.abs(a.y() - b.y()) < GraphLayout.TILE_HEIGHT;
  }

  private static ReleasedService[] many(int count, Random random) {
    List<ReleasedService> services = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> calls = new ArrayList<>();
      for (int k = random.nextInt(4); k > 0; k--) {
        int callee = Math.min(count - 1, i + 1 + random.nextInt(30));
        if (callee != i) {
          calls.add("s" + callee + ".run");
        }
      }
      calls.add("~s" + random.nextInt(count) + ".run");
      services.add(service("s" + i, calls.toArray(String[]::new)));
    }
    return services.toArray(ReleasedService[]::new);
  }

  private static GraphLayout.Picture layout(ReleasedService... services) {
    return GraphLayout.of(ServiceGraph.of(List.of(services)));
  }

  private static GraphLayout.Tile tile(GraphLayout.Picture picture, String name) {
    return picture.tiles().stream()
        .filter(tile -> tile.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static GraphLayout.Path path(GraphLayout.Picture picture, String from, String to) {
    return picture.paths().stream()
        .filter(path -> path.edge().from().equals(from) && path.edge().to().equals(to))
        .findFirst()
        .orElseThrow();
  }

  /** A service and its calls, {@code service.method} each, with a tilde before if asynchronous. */
  private static ReleasedService service(String name, String... calls) {
    return new ReleasedService(
        name,
        "service",
        "sha256:00",
        1,
        false,
        null,
        0,
        1,
        1,
        1,
        List.of("run"),
        Arrays.stream(calls).map(GraphLayoutTest::call).toList());
  }

  private static ReleasedService.Call call(String text) {
    int dot = text.indexOf('.');
    boolean async = text.startsWith("~");
    return new ReleasedService.Call(
        text.substring(async ? 1 : 0, dot), text.substring(dot + 1), async);
  }
}
