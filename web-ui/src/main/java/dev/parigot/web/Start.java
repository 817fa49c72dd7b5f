package dev.parigot.web;

import dev.parigot.app.Apps;
import dev.parigot.fleet.Fleet;
import dev.parigot.problem.Problem;
import dev.parigot.web.wiring.StartRefused;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the platform and says in one line what became of it. */
final class Start {
  private static final int PLATFORM_FAILED = 3;

  private Start() {}

  /** Answers the exit code: 0 once it is ready, to go on until it is stopped. */
  @SuppressWarnings("resource") // goes on after this method; closed by the JVM's shutdown hook
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    ConfigurableApplicationContext context;
    try {
      context = new SpringApplication(ParigotApplication.class).run(arguments);
    } catch (RuntimeException e) {
      err.println("Parigot can't start: " + reason(e));
      return PLATFORM_FAILED;
    }
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    rehearse(context, port);
    out.println("Parigot is ready at " + context.getBean(Addresses.class).console() + "/");
    return 0;
  }

  private static void rehearse(ApplicationContext context, String port) {
    Duration most = context.getBean(ParigotProperties.class).rehearsal();
    if (most.isPositive()) {
      WarmUp.of(URI.create("http://127.0.0.1:" + port)).run();
      new DressRehearsal(
              context.getBean(Apps.class),
              context.getBean(Fleet.class),
              context.getBean(Addresses.class),
              Integer.parseInt(port),
              most)
          .run();
    }
  }

  /** What is at the bottom of a failure, in one line. */
  static String reason(Throwable failure) {
    Throwable bottom = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused refused) {
        return oneLine(refused);
      }
      if (cause instanceof Problem problem) {
        return (oneLine(problem) + " " + problem.next()).strip();
      }
      if (cause instanceof PortInUseException taken) {
        return "port "
            + taken.getPort()
            + " is in use; stop what uses it, or name another port with --port";
      }
      bottom = cause;
    }
    return oneLine(bottom) + "; the log in the data folder says more";
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return (message == null ? failure.getClass().getSimpleName() : message)
        .lines()
        .findFirst()
        .orElse("unknown reason");
  }
}
