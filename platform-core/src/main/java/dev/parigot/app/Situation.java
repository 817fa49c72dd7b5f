package dev.parigot.app;

/** Where the releases of an app run, of those situations that the platform runs itself. */
public sealed interface Situation {
  /** What {@code main} is. */
  record Production() implements Situation {}

  /**
   * What another branch is: beside production, and with nothing of it but the address of the
   * repository.
   *
   * @param of the app whose branch it is
   */
  record Staging(AppId of, Branch branch) implements Situation {}

  /** The branch whose pushes go there. */
  default Branch branch() {
    return Branch.MAIN;
  }

  /** As manifests name it: {@code production} or {@code staging}. */
  default String word() {
    return switch (this) {
      case Production _ -> "production";
      case Staging _ -> "staging";
    };
  }
}
