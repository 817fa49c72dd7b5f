package dev.parigot.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call at a time in an instance, no memory beyond its life, no response before its effects. */
final class Instances {
  private static final String ONE = "one call at a time";
  private static final String MEMORY = "memory";
  private static final String RESPONSE = "responses";

  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Event.Visit> latest = new HashMap<>();
  private final Map<String, Event.Lived> lives = new HashMap<>();
  private final Map<Actor, Event.Visit> visits = new HashMap<>();

  private Instances() {}

  static List<Violation> check(History history) {
    Instances instances = new Instances();
    for (Event event : history.events()) {
      switch (event) {
        case Event.Lived lived -> instances.lives.put(lived.instance(), lived);
        case Event.Visit visit -> instances.visits.put(visit.by(), visit);
        default -> {}
      }
    }
    history.events().forEach(instances::check);
    return instances.violations;
  }

  private void check(Event event) {
    if (event instanceof Event.Visit visit) {
      alone(visit);
    } else if (event instanceof Event.Act act) {
      beforeTheResponse(act);
    }
    if (event instanceof Event.Act act) {
      inLife(act);
    }
  }

  private void alone(Event.Visit visit) {
    Event.Visit before = latest.get(visit.by().instance());
    boolean inside = before != null && !before.span().before(visit.span());
    if (before != null && !Legal.mayEnter(inside ? 1 : 0)) {
      violations.add(
          new Violation(
              ONE,
              "%s was entered by %s (call %s) while %s (call %s) was in it"
                  .formatted(
                      visit.by().instance(),
                      visit.method(),
                      visit.by().call(),
                      before.method(),
                      before.by().call()),
              before,
              visit));
    }
    if (before == null || visit.span().end() > before.span().end()) {
      latest.put(visit.by().instance(), visit);
    }
  }

  private void inLife(Event.Act act) {
    Event.Lived life = lives.get(act.by().instance());
    if (life == null) {
      return;
    }
    if (act.span().begin() > life.span().end()) {
      violations.add(
          new Violation(
              MEMORY,
              "%s, after %s was given up: its memory has outlived it"
                  .formatted(Told.of(act), life.instance()),
              life,
              act));
    } else if (act.span().begin() < life.span().begin()) {
      violations.add(
          new Violation(
              MEMORY,
              "%s, before %s was made".formatted(Told.of(act), life.instance()),
              act,
              life));
    }
  }

  private void beforeTheResponse(Event.Act act) {
    Event.@Nullable Visit visit = visits.get(act.by());
    if (visit == null || !visit.span().ended()) {
      return;
    }
    long last = act.span().ended() ? act.span().end() : act.span().begin();
    if (last > visit.span().end()) {
      violations.add(
          new Violation(
              RESPONSE,
              "%s only after %s (call %s) had its response"
                  .formatted(Told.of(act), visit.method(), visit.by().call()),
              visit,
              act));
    }
  }
}
