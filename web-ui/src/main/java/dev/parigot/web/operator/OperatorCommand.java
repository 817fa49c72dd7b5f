package dev.parigot.web.operator;

import dev.parigot.backup.BackupFile;
import dev.parigot.problem.Problem;
import dev.parigot.web.ParigotProperties;
import dev.parigot.web.wiring.DataFolder;
import dev.parigot.web.wiring.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * {@code backup FILE} and {@code restore FILE}, with the platform's own settings: of a platform
 * that runs, or of a data folder that none uses.
 */
public final class OperatorCommand {
  /** Where a platform that runs says how to reach it. */
  static final String FILE = "operator";

  private static final List<String> VERBS = List.of("backup", "restore");
  private static final int MISTAKEN = 1;
  private static final int BROKEN = 3;

  private final ParigotProperties properties;
  private final String version;
  private final PrintStream out;

  private OperatorCommand(ParigotProperties properties, String version, PrintStream out) {
    this.properties = properties;
    this.version = version;
    this.out = out;
  }

  /** Whether that is a command of these, and no start of the platform. */
  public static boolean isOne(String... arguments) {
    return arguments.length > 0 && VERBS.contains(arguments[0]);
  }

  /**
   * Runs it; answers the exit code: 0 good, 1 a mistake in what was asked, 3 a failure.
   *
   * @param arguments the verb, the file, and settings as the platform takes them
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    if (arguments.length < 2 || arguments[1].startsWith("--")) {
      err.println("parigot: " + arguments[0] + " needs the name of a file");
      return 2;
    }
    Path file = Path.of(arguments[1]).toAbsolutePath();
    String[] settings = Arrays.copyOfRange(arguments, 2, arguments.length);
    SpringApplication application = new SpringApplication(Settings.class);
    // The platform's own log is in a data folder, which may be another platform's or not be yet.
    System.setProperty("logging.config", "classpath:logback-command.xml");
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLogStartupInfo(false);
    try (ConfigurableApplicationContext context = application.run(settings)) {
      OperatorCommand command =
          new OperatorCommand(
              context.getBean(ParigotProperties.class),
              context.getBeanProvider(BuildProperties.class).stream()
                  .map(build -> String.valueOf(build.getVersion()))
                  .findFirst()
                  .orElse("unknown"),
              out);
      if (arguments[0].equals("backup")) {
        command.backup(file);
      } else {
        command.restore(file);
      }
      return 0;
    } catch (Problem problem) {
      err.println("parigot: " + (problem.what() + " " + problem.next()).strip());
      return problem.kind() == Problem.Kind.USER ? MISTAKEN : BROKEN;
    } catch (StartRefused refused) {
      err.println("parigot: " + refused.getMessage());
      return MISTAKEN;
    } catch (IOException | RuntimeException e) {
      err.println("parigot: " + arguments[0] + " failed: " + e.getMessage());
      return BROKEN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return BROKEN;
    }
  }

  /** What the settings of the platform are bound by, and nothing of the platform itself. */
  @EnableConfigurationProperties(ParigotProperties.class)
  @ImportAutoConfiguration(ProjectInfoAutoConfiguration.class)
  static class Settings {}

  private void backup(Path file) throws IOException, InterruptedException {
    if (Files.exists(file)) {
      throw Problem.user(409, "file-exists", file + " exists already.", "Name another file.");
    }
    Path data = properties.data().toAbsolutePath().normalize();
    if (!Files.isDirectory(data)) {
      throw Problem.user(
          404, "no-data-folder", "There is no data folder " + data + ".", "Name it with --data.");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      boolean running = write(data, part);
      long bytes = Files.size(part);
      try (BackupFile made = BackupFile.open(part)) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        out.printf(
            "Backup of %s%s in %s: %s, %d KiB%n",
            data, running ? ", which runs," : "", file, summary(made), Math.ceilDiv(bytes, 1024));
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Answers whether a platform that runs wrote it. */
  private boolean write(Path data, Path part) throws IOException, InterruptedException {
    try (DataFolder folder = DataFolder.open(data);
        Stores stores = new Stores(properties, folder, null);
        OutputStream to = create(part)) {
      stores.backup(version).save(to);
      return false;
    } catch (StartRefused inUse) {
      if (!Files.exists(data.resolve(FILE))) {
        throw inUse;
      }
    }
    try (HttpClient client = HttpClient.newHttpClient();
        OutputStream to = create(part)) {
      HttpResponse<InputStream> answer =
          client.send(Door.backup(data.resolve(FILE)), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IOException("the platform answered " + answer.statusCode());
        }
        body.transferTo(to);
      }
      return true;
    }
  }

  private static OutputStream create(Path part) throws IOException {
    try {
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException e) {
      Files.createFile(part); // A file system without such permissions.
    }
    return Files.newOutputStream(part);
  }

  private static String summary(BackupFile file) {
    return "%d artifacts, %d repositories, tables of version %s"
        .formatted(file.entries("artifacts").size(), file.entries("git").size(), file.tables());
  }

  private void restore(Path file) throws IOException {
    Path data = properties.data().toAbsolutePath().normalize();
    if (!isAbsentOrEmpty(data)) {
      throw Problem.user(
          409,
          "data-folder-not-empty",
          "The data folder " + data + " is not empty.",
          "Name another one with --data; nothing was changed.");
    }
    try (BackupFile backup = BackupFile.open(file)) {
      Path parent = Optional.ofNullable(data.getParent()).orElse(data);
      Files.createDirectories(parent);
      Path fresh = Files.createTempDirectory(parent, "." + data.getFileName() + "-");
      try {
        try (DataFolder folder = DataFolder.open(fresh);
            Stores stores = new Stores(properties, folder, backup.tables())) {
          stores.backup(version).restore(backup);
        }
        Files.deleteIfExists(data);
        Files.move(fresh, data);
      } catch (IOException | RuntimeException e) {
        FileSystemUtils.deleteRecursively(fresh);
        throw e;
      }
      out.printf(
          "Restored the backup of %s to %s: %s. Start it with: parigot up --data %s%n",
          backup.at(), data, summary(backup), data);
    }
  }

  private static boolean isAbsentOrEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    }
  }
}
