package dev.parigot.web.console.services;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import dev.parigot.fleet.ServiceStatus;
import dev.parigot.metering.Metering;
import dev.parigot.release.Release;
import dev.parigot.release.ReleasedService;
import dev.parigot.web.console.part.DigestText;
import dev.parigot.web.console.part.Measure;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The picture of a release's services; drawn in the browser, laid out here. */
@Tag("parigot-service-canvas")
@JsModule("context://console/service-canvas.js")
final class ServiceCanvas extends Component {
  /** What stays the same of a tile as long as the release lives. */
  record Tile(String name, double x, double y, String kind, String reach, String digest) {}

  /** A dependency as it is drawn. */
  record Edge(String from, String to, boolean async, List<GraphLayout.Point> points) {}

  /** A release as it is drawn. */
  record Graph(
      double width,
      double height,
      int tileWidth,
      int tileHeight,
      List<Tile> tiles,
      List<Edge> edges) {}

  /** What changes of a tile while its release lives. */
  record Figures(
      String name, String state, String word, int instances, long calls, long errors, String p95) {}

  /** The calls of a minute from one service to another. */
  record Rate(String from, String to, long calls) {}

  private @Nullable Release release;
  private List<Figures> figures = List.of();
  private List<Rate> rates = List.of();

  ServiceCanvas(Consumer<String> select) {
    setId("service-canvas");
    getElement()
        .addEventListener(
            "service-select",
            event -> select.accept(event.getEventData().get("event.detail.name").asString()))
        .addEventData("event.detail.name");
  }

  void show(Release now, List<ServiceStatus> services, Map<Metering.Pair, Long> traffic) {
    if (release == null || release.id() != now.id()) {
      release = now;
      getElement().setPropertyBean("graph", graph(now));
    }
    Map<String, ServiceStatus> byName =
        services.stream()
            .collect(Collectors.toMap(each -> each.service().name(), Function.identity()));
    List<Figures> next =
        now.services().stream().map(each -> figures(each, byName.get(each.name()))).toList();
    if (!next.equals(figures)) {
      figures = next;
      getElement().setPropertyList("figures", next);
    }
    List<Rate> moved = rates(traffic);
    if (!moved.equals(rates)) {
      rates = moved;
      getElement().setPropertyList("rates", moved);
    }
  }

  /**
   * @param service whose panel is open, or empty
   */
  void select(String service) {
    getElement().setProperty("selected", service);
  }

  private static Graph graph(Release release) {
    ServiceGraph graph = ServiceGraph.of(release.services());
    GraphLayout.Picture picture = GraphLayout.of(graph);
    Map<String, ReleasedService> services = graph.byName();
    return new Graph(
        picture.width(),
        picture.height(),
        GraphLayout.TILE_WIDTH,
        GraphLayout.TILE_HEIGHT,
        picture.tiles().stream()
            .map(tile -> tile(tile, Objects.requireNonNull(services.get(tile.name()))))
            .toList(),
        picture.paths().stream()
            .map(path ->
                new Edge(path.edge().from(), path.edge().to(), path.edge().async(), path.points()))
            .toList());
  }

  private static Tile tile(GraphLayout.Tile place, ReleasedService service) {
    return new Tile(
        service.name(),
        place.x(),
        place.y(),
        service.kind(),
        service.isPublic() ? "public" : "",
        DigestText.shorten(service.digest()));
  }

  private static List<Rate> rates(Map<Metering.Pair, Long> traffic) {
    return traffic.entrySet().stream()
        .map(each -> new Rate(each.getKey().caller(), each.getKey().service(), each.getValue()))
        .sorted(Comparator.comparing(Rate::from).thenComparing(Rate::to))
        .toList();
  }

  private static Figures figures(ReleasedService service, @Nullable ServiceStatus status) {
    if (status == null) {
      return new Figures(service.name(), "stopped", "Stopped", 0, 0, 0, "");
    }
    return new Figures(
        service.name(),
        ServiceWords.style(status.state()),
        ServiceWords.word(status.state()),
        status.instances(),
        status.callsPerMinute(),
        status.errorsPerMinute(),
        status.callsPerMinute() == 0 ? "" : Measure.duration(status.p95Nanos()));
  }
}
