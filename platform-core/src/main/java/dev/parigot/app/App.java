package dev.parigot.app;

import dev.parigot.account.AccountId;
import java.time.Instant;

/** A named set of microservices that are deployed together. */
public record App(AppId id, AppName name, AccountId owner, Instant createdAt) {}
