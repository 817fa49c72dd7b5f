package dev.parigot.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the tests need of the system, installed where they may. */
final class Apt {
  private Apt() {}

  /** Installs Debian packages, if this is a Debian and the user may; says so, and what fails. */
  static void install(String... packages) {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))
        || !"root".equals(System.getProperty("user.name"))) {
      return;
    }
    System.out.println("Installing by apt for the tests: " + String.join(", ", packages));
    run(List.of("apt-get", "update", "-q"));
    List<String> install =
        new ArrayList<>(List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
    install.addAll(List.of(packages));
    run(install);
  }

  private static void run(List<String> command) {
    try {
      Path log = Files.createTempFile("apt", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        System.out.println(String.join(" ", command) + " failed:\n" + Files.readString(log));
      }
    } catch (IOException e) {
      System.out.println(String.join(" ", command) + " failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
