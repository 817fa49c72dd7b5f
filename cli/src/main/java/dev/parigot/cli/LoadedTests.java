package dev.parigot.cli;

import dev.parigot.engine.CannotStart;
import dev.parigot.engine.Engine;
import dev.parigot.local.AppCode;
import dev.parigot.local.TestMethod;
import dev.parigot.local.TestSuite;
import dev.parigot.manifest.Blueprint;
import dev.parigot.timing.Workers;
import java.time.Duration;
import java.util.List;

/** The tests of an app, each module by itself, and an engine of their own that runs them. */
final class LoadedTests implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final GuestThreads threads = GuestThreads.startForTests();
  private final Engine engine;
  private final TestSuite suite;

  LoadedTests(Blueprint app, Folder folder) throws Blueprint.Unreadable {
    engine = Engine.start(threads.engineOptions());
    try {
      AppCode code = AppCode.load(engine, app, folder);
      suite = new TestSuite(engine, code, threads.guests(), PATIENCE);
    } catch (CannotStart e) {
      close();
      throw new UserMistake(String.valueOf(e.getMessage()));
    } catch (Blueprint.Unreadable e) {
      close();
      throw e;
    }
  }

  TestSuite suite() {
    return suite;
  }

  /** Who runs schedules of them, so many at a time. */
  Workers workers(int count) {
    return new Workers(count, threads.guests());
  }

  /** Those whose name contains the text. Throws {@link UserMistake} if there is none. */
  List<TestMethod> matching(String filter) {
    List<TestMethod> chosen =
        suite.tests().stream().filter(test -> test.toString().contains(filter)).toList();
    if (chosen.isEmpty()) {
      throw new UserMistake(
          suite.tests().isEmpty()
              ? "no method of a test module has a name that begins with \"test\""
              : "no test has \"" + filter + "\" in its name; there are " + suite.tests());
    }
    return chosen;
  }

  @Override
  public void close() {
    // Its instances end with their engine.
    engine.close();
    threads.close();
  }
}
