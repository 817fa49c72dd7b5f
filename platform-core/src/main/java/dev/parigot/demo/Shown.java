package dev.parigot.demo;

/** What the address of a demo has for a visitor. */
sealed interface Shown {
  /** The files of a release. */
  record Running(Demo demo, Content content) implements Shown {}

  /** Nothing for now. */
  record Paused() implements Shown {}

  /** Nothing any more, since its time is over. */
  record Expired() implements Shown {}

  /** Nothing any more, since it was revoked, or its app deleted. */
  record Revoked() implements Shown {}

  /** Nothing yet: no release of the app is live. */
  record Waiting() implements Shown {}

  /** There never was one. */
  record Unknown() implements Shown {}
}
