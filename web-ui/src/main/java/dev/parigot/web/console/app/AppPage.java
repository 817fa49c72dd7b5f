package dev.parigot.web.console.app;

/** A tab of an app: told what is true when it opens, and whenever that has changed. */
public interface AppPage {
  /** Called under the session's lock, at most once a second after the first time. */
  void show(AppFacts facts);
}
