package dev.parigot.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parigot open}: the app in a browser. */
@Command(name = "open", description = "Prints the app's address, and opens it in a browser.")
final class OpenCommand extends BranchVerb {
  @Option(names = "--console", description = "its page in the console instead")
  private boolean console;

  @Override
  int run() {
    String url = platform().get(path("")).path(console ? "consoleUrl" : "url").asString();
    out().println(url);
    out().flush();
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new UserMistake("this is no address for a browser");
    }
    String system = System.getProperty("os.name", "");
    show(system.startsWith("Mac") ? List.of("open", url) : List.of("xdg-open", url));
    return 0;
  }

  /** Where there is no browser, the address that was printed has to do. */
  private void show(List<String> command) {
    try {
      var _ =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      errors().println("parigot: no browser could be started: there is no " + command.getFirst());
    }
  }
}
