package dev.parigot.app;

import dev.parigot.account.AccountId;
import java.time.Instant;

/**
 * A named set of microservices that are deployed together, in one situation: an app's production,
 * or one of its branches.
 */
public record App(AppId id, AppName name, AccountId owner, Instant createdAt, Situation situation) {
  /** In production. */
  public App(AppId id, AppName name, AccountId owner, Instant createdAt) {
    this(id, name, owner, createdAt, new Situation.Production());
  }

  /** Of the app in production, whatever the situation is. */
  public AppId productionId() {
    return situation instanceof Situation.Staging staging ? staging.of() : id;
  }
}
