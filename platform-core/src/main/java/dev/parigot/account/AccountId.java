package dev.parigot.account;

/** The identity of an account. */
public record AccountId(long value) {}
