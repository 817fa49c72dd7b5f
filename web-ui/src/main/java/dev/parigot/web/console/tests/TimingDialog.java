package dev.parigot.web.console.tests;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import dev.parigot.app.App;
import dev.parigot.gate.TimingRuns;
import dev.parigot.gate.Wish;
import dev.parigot.timing.StrategyKind;
import dev.parigot.web.console.part.ProblemSlot;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Asks which services are suspected, and how hard to try. */
final class TimingDialog extends Dialog {
  private static final int SCHEDULES = 500;
  private static final int FAULTS = 2;

  private final TimingRuns runs;
  private final App app;
  private final String by;
  private final Runnable begun;
  private final CheckboxGroup<String> services = new CheckboxGroup<>();
  private final CheckboxGroup<String> tests = new CheckboxGroup<>();
  private final IntegerField schedules = new IntegerField("Schedules of each test");
  private final NumberField seed = new NumberField("Seed");
  private final Select<String> strategy = new Select<>();
  private final IntegerField faults = new IntegerField("Faults of each kind");
  private final ProblemSlot problem = new ProblemSlot();

  /**
   * @param by the e-mail of who asks
   * @param begun told when there is a new run
   */
  TimingDialog(TimingRuns runs, App app, String by, TimingRuns.Choices choices, Runnable begun) {
    this.runs = runs;
    this.app = app;
    this.by = by;
    this.begun = begun;
    setId("timing-dialog");
    setHeaderTitle("Which services do you suspect?");
    setWidth("min(580px, 100vw)");
    services.setLabel("Services");
    services.setItems(choices.services());
    services.setId("suspects");
    services.setHelperText("Their steps are reordered; those of all, if you choose none.");
    schedules.setValue(SCHEDULES);
    schedules.setMin(1);
    schedules.setMax(TimingRuns.MOST_SCHEDULES);
    schedules.setStepButtonsVisible(true);
    schedules.setStep(100);
    schedules.setId("schedules");
    tests.setLabel("Tests");
    tests.setItems(choices.tests());
    tests.setHelperText("All, if you choose none.");
    seed.setValue(1.0);
    seed.setHelperText("Another one tries other orders; the same one tries the same.");
    strategy.setLabel("Strategy");
    strategy.setItems(Arrays.stream(StrategyKind.values()).map(StrategyKind::toString).toList());
    strategy.setValue(StrategyKind.MIX.toString());
    strategy.setHelperText("How orders are made; mix takes all in turn.");
    faults.setValue(FAULTS);
    faults.setMin(0);
    faults.setMax(TimingRuns.MOST_FAULTS);
    faults.setStepButtonsVisible(true);
    faults.setHelperText("Messages twice, instances that end, a late clock: 0 tries orders only.");
    Div more = new Div(tests, seed, strategy, faults);
    more.addClassName("section");
    Div form =
        new Div(
            new Paragraph(
                "The tests of v%d are run under many orders of what these do at the same time, on a copy in memory: nothing that is live is touched."
                    .formatted(choices.release())),
            services,
            schedules,
            new NativeDetails("More: tests, seed, strategy, faults", more),
            problem);
    form.addClassName("section");
    add(form);
    Button begin = new Button("Try", _ -> start());
    begin.setId("begin");
    begin.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", _ -> close()), begin);
  }

  private void start() {
    Wish wish =
        new Wish(
            0,
            List.copyOf(tests.getValue()),
            List.copyOf(services.getValue()),
            Objects.requireNonNullElse(schedules.getValue(), 0),
            Objects.requireNonNullElse(seed.getValue(), 1.0).longValue(),
            strategy.getValue(),
            Objects.requireNonNullElse(faults.getValue(), 0));
    if (problem.attempt(() -> runs.start(app, wish, by))) {
      close();
      begun.run();
    }
  }
}
