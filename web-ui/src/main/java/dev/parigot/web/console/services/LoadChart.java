package dev.parigot.web.console.services;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import dev.parigot.scaling.Load;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a service had to do, as charts and as a table. */
@Tag("parigot-load-chart")
@JsModule("context://console/load-chart.js")
final class LoadChart extends Component {
  private static final double NANOS_A_MILLI = 1e6;

  /** As the element knows it: a list for each line, the oldest first. */
  public record Columns(
      long start,
      int step,
      List<Double> running,
      List<Double> waiting,
      List<Double> waits,
      List<Double> instances,
      List<Double> calls,
      List<Double> errors,
      List<Double> cores) {

    private static Columns of(List<Load> steps) {
      return new Columns(
          steps.getFirst().at().getEpochSecond(),
          Load.STEP_SECONDS,
          column(steps, Load::running),
          column(steps, Load::waiting),
          column(steps, load -> load.waitP95Nanos() / NANOS_A_MILLI),
          column(steps, Load::instances),
          column(steps, Load::calls),
          column(steps, Load::errors),
          column(steps, Load::cores));
    }

    private static List<Double> column(List<Load> steps, ToDoubleFunction<Load> value) {
      return steps.stream()
          .map(load -> Math.round(value.applyAsDouble(load) * 100) / 100.0)
          .toList();
    }
  }

  /** At least one step. */
  void show(List<Load> steps) {
    getElement().setPropertyBean("load", Columns.of(steps));
  }
}
