package dev.parigot.account;

import java.time.Instant;

/** Someone who signed up. */
public record Account(AccountId id, String email, String name, Instant createdAt) {}
