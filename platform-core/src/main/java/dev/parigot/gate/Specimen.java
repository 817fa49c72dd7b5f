package dev.parigot.gate;

import dev.parigot.browser.Rerun;
import dev.parigot.local.AppCode;
import dev.parigot.local.Recording;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestSuite;
import dev.parigot.picture.Painter;
import dev.parigot.picture.Picture;
import dev.parigot.problem.Problem;
import dev.parigot.timing.Explorer;
import dev.parigot.timing.Run;
import dev.parigot.timing.Seed;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An app under test, whose failures are drawn. Thousands of runs note nothing; the one that fails,
 * and the one that passes beside it, are repeated for that.
 *
 * @param files of its modules by their names, as they are kept; asked for only if a test fails
 */
record Specimen(AppCode code, TestSuite suite, Supplier<Map<String, Rerun.File>> files)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Specimen.class);

  List<TestMethod> tests() {
    return suite.tests();
  }

  /** How an integration test fails. */
  Drawn drawn(TestMethod test, Seed seed, String failure) throws InterruptedException {
    Recording failing = suite.record(test, seed);
    Picture picture = Painter.of(test.toString(), failure, failing);
    return new Drawn(picture, rerun(test, seed, failing, null));
  }

  /** How a test fails in one order, beside one in which it passes. */
  Drawn drawn(TestMethod test, Seed seed, Explorer.Found found) throws InterruptedException {
    Run passes = found.why().passing();
    Recording failing = suite.record(test, seed, found.smallest().choices());
    Recording passing = passes == null ? null : suite.record(test, seed, passes.choices());
    Picture picture =
        Painter.of(
            test.toString(),
            String.valueOf(found.smallest().failure()),
            found.why(),
            failing,
            passing);
    return new Drawn(picture, rerun(test, seed, failing, passing));
  }

  private @Nullable Rerun rerun(
      TestMethod test, Seed seed, Recording failing, @Nullable Recording passing) {
    try {
      return Rerun.of(code, files.get(), test, seed, failing, passing).orElse(null);
    } catch (Problem e) {
      LOG.warn("{} can't be run again in browsers: its modules can't be kept", test, e);
      return null;
    }
  }

  @Override
  public void close() {
    suite.close();
  }
}
