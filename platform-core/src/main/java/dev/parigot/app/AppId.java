package dev.parigot.app;

/** The identity of an app. Never reused, unlike its name. */
public record AppId(long value) {}
