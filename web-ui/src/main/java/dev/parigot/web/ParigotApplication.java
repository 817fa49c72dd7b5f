package dev.parigot.web;

import dev.parigot.web.operator.OperatorCommand;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The platform: console, REST API, git remote and gateway in one process; or a command of its
 * operator's, if the first argument names one.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ParigotApplication {
  /** Starts it; ends the process with 3, and the reason in one line, if it can't be started. */
  public static void main(String[] arguments) {
    int exit =
        OperatorCommand.isOne(arguments)
            ? OperatorCommand.run(System.out, System.err, arguments)
            : Start.run(arguments, System.out, System.err);
    if (exit != 0) {
      System.exit(exit);
    }
  }
}
