package dev.parigot.app;

import dev.parigot.account.AccountId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The apps, and their configuration. Whatever takes an account answers as if other accounts' apps
 * did not exist.
 */
public final class Apps {
  public Apps(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {}

  /** Makes an app; a 409 {@code Problem} if the name is taken. */
  public App create(AccountId owner, AppName name) {
    throw new AssertionError("skeleton");
  }

  /**
   * The owner's apps by name, those after {@code after} (empty: from the start), at most {@code
   * limit}.
   */
  public List<App> of(AccountId owner, String after, int limit) {
    throw new AssertionError("skeleton");
  }

  /** The owner's app of that name; a 404 {@code Problem} if there is none or it is another's. */
  public App require(AccountId owner, String name) {
    throw new AssertionError("skeleton");
  }

  /** The app of that name, whoever owns it: for the gateway, which serves everybody. */
  public Optional<App> byName(String name) {
    throw new AssertionError("skeleton");
  }

  public Optional<App> byId(AppId id) {
    throw new AssertionError("skeleton");
  }

  /** Every app; read at start to bring back what was live. */
  public List<App> all() {
    throw new AssertionError("skeleton");
  }

  /** Deletes the app with its releases, configuration and key-value data. */
  public void delete(App app) {
    throw new AssertionError("skeleton");
  }

  public Map<String, String> config(AppId app) {
    throw new AssertionError("skeleton");
  }

  /**
   * Sets the keys whose value is not null and removes the others; answers the whole configuration
   * afterwards.
   */
  public Map<String, String> patchConfig(AppId app, Map<String, @Nullable String> changes) {
    throw new AssertionError("skeleton");
  }
}
