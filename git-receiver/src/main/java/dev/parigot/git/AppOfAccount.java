package dev.parigot.git;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;

/** Finds the app that a remote's address names. */
@FunctionalInterface
public interface AppOfAccount {
  /**
   * The owner's app of that name, in production; a 404 {@code Problem} if there is none or it is
   * another's.
   */
  App require(AccountId owner, String name);
}
