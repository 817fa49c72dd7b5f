package dev.parigot.history;

/**
 * Two events that the contract doesn't allow to be as they are.
 *
 * @param rule which part of it, in a word or two
 * @param sentence what happened
 */
public record Violation(String rule, String sentence, Event first, Event second) {}
