package dev.parigot.web.wiring;

import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.git.Reconciliation;
import dev.parigot.git.Repositories;
import dev.parigot.release.Release;
import dev.parigot.release.Releases;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Brings back, before the first request, what the database says is live. */
@Component
final class Restoration implements SmartInitializingSingleton {
  private final Apps apps;
  private final Releases releases;
  private final Repositories repositories;
  private final Reconciliation reconciliation;
  private final Fleet fleet;

  Restoration(
      Apps apps,
      Releases releases,
      Repositories repositories,
      Reconciliation reconciliation,
      Fleet fleet) {
    this.apps = apps;
    this.releases = releases;
    this.repositories = repositories;
    this.reconciliation = reconciliation;
    this.fleet = fleet;
  }

  @Override
  public void afterSingletonsInstantiated() {
    repositories.sweep(app -> apps.byId(app).isPresent());
    reconciliation.run();
    List<Release> live =
        apps.all().stream().flatMap(app -> releases.live(app.id()).stream()).toList();
    fleet.restore(live);
  }
}
