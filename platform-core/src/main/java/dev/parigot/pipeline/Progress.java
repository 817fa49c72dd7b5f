package dev.parigot.pipeline;

/** Where a deployment tells what it does, a line at a time, as it does it. */
public interface Progress {
  /** A step that begins: printed behind an arrow. */
  void step(String text);

  /** What belongs to the step before it: indented. */
  void detail(String text);
}
