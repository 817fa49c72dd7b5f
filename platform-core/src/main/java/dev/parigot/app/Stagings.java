package dev.parigot.app;

import dev.parigot.database.GeneratedId;
import dev.parigot.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The staging situations of apps: one for each branch but {@code main}. Each is an {@link App} with
 * releases, data, queues, logs and configuration of its own.
 */
public final class Stagings {
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final Apps apps;
  private final int most;

  /**
   * @param most how many an app may have
   */
  public Stagings(
      JdbcClient jdbc, TransactionTemplate transactions, Clock clock, Apps apps, int most) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
    this.apps = apps;
    this.most = most;
  }

  /** Those of the app, by branch. */
  public List<App> of(App app) {
    return apps.staged(app.id());
  }

  /** That of the branch, if there is one. */
  public Optional<App> find(App app, Branch branch) {
    return apps.byName(app.name().staging(branch).value())
        .filter(found -> found.situation().equals(new Situation.Staging(app.id(), branch)));
  }

  /**
   * That of the branch, which may be written as in its address; a 404 {@code Problem} if there is
   * none.
   */
  public App require(App app, String branch) {
    return apps.byName(app.name().staging(Branch.of(branch)).value())
        .orElseThrow(() ->
            Problem.user(
                404,
                "no-such-staging",
                "The branch \"" + branch + "\" of " + app.name() + " is not in staging.",
                "Push it, or make its staging first."));
  }

  /**
   * Makes that of the branch, with nothing in it; a 409 {@code Problem} if there is one already, if
   * the app has as many as it may, or if the branch is production.
   */
  public App create(App app, Branch branch) {
    if (branch.isProduction()) {
      throw Problem.user(
          409,
          "branch-is-production",
          "The branch \"" + branch + "\" is production.",
          "Name another branch.");
    }
    try {
      return transactions.execute(_ -> {
        apps.lock(app.id());
        refuseIfFull(of(app), app, branch);
        return insert(app, branch);
      });
    } catch (DuplicateKeyException e) {
      throw Problem.user(
          409,
          "staging-address-taken",
          "Another branch of "
              + app.name()
              + " answers at the address that \""
              + branch
              + "\" would have.",
          "Give the branch another name.");
    }
  }

  private void refuseIfFull(List<App> present, App app, Branch branch) {
    if (present.stream()
        .anyMatch(each -> each.situation().equals(new Situation.Staging(app.id(), branch)))) {
      throw Problem.user(
          409,
          "staging-exists",
          "The branch \"" + branch + "\" of " + app.name() + " is in staging already.",
          "Push to it, or delete its staging first.");
    }
    if (present.size() >= most) {
      throw Problem.user(
          409,
          "staging-full",
          "%s has %d branches in staging; no more than %d are taken at a time."
              .formatted(app.name(), present.size(), most),
          "Delete a branch that is not needed any more: git push parigot --delete BRANCH.");
    }
  }

  private App insert(App app, Branch branch) {
    AppName name = app.name().staging(branch);
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long id =
        GeneratedId.of(
            jdbc.sql(
                    """
                    INSERT INTO apps (owner_id, name, created_at, parent_id, branch)
                    VALUES (:owner, :name, :at, :parent, :branch)
                    """)
                .param("owner", app.owner().value())
                .param("name", name.value())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("parent", app.id().value())
                .param("branch", branch.name()));
    return new App(new AppId(id), name, app.owner(), at, new Situation.Staging(app.id(), branch));
  }
}
