package dev.parigot.pipeline;

/** Where a deployment tells what it does, a line at a time, as it does it. */
public interface Progress {
  /** For deployments that nobody watches. */
  Progress SILENT =
      new Progress() {
        @Override
        public void step(String text) {}

        @Override
        public void detail(String text) {}
      };

  /** A step that begins: printed behind an arrow. */
  void step(String text);

  /** What belongs to the step before it: indented. */
  void detail(String text);
}
