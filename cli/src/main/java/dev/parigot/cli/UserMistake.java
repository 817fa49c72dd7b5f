package dev.parigot.cli;

/** What the user asked for can't be done; the message says why, and what to do. */
final class UserMistake extends RuntimeException {
  UserMistake(String message) {
    super(message);
  }
}
