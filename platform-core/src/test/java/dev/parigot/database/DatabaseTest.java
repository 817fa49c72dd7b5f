package dev.parigot.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.problem.Problem;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  @Test
  void whatWasCommittedIsThereWhenItIsOpenedAgain() {
    try (Database database = Database.open(new DatabaseSettings.Embedded(folder))) {
      database
          .jdbc()
          .sql(
              """
              INSERT INTO accounts (email, name, password, created_at)
              VALUES ('ada@example.org', 'Ada', '', CURRENT_TIMESTAMP)
              """)
          .update();
    }
    try (Database database = Database.open(new DatabaseSettings.Embedded(folder))) {
      assertThat(database.jdbc().sql("SELECT email FROM accounts").query(String.class).single())
          .isEqualTo("ada@example.org");
    }
  }

  @Test
  void anEmbeddedDatabaseIsOpenedByOneProcess() throws Exception {
    try (Database _ = Database.open(new DatabaseSettings.Embedded(folder))) {
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SecondProcess.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(second.waitFor()).as(said).isEqualTo(SecondProcess.REFUSED);
      assertThat(said).contains("data-folder-in-use", folder.toString());
    }
  }

  static final class SecondProcess {
    static final int REFUSED = 42;

    private SecondProcess() {}

    public static void main(String[] args) {
      try (Database _ = Database.open(new DatabaseSettings.Embedded(Path.of(args[0])))) {
        System.out.println("opened");
      } catch (Problem e) {
        System.out.println(e.type() + ": " + e.what());
        System.exit(REFUSED);
      }
    }
  }

  @Test
  void aFullDiskIsAnOutageThatPasses() {
    FullDisk.mount();
    String url = "jdbc:h2:full:%s;WRITE_DELAY=0".formatted(folder.toAbsolutePath().resolve("full"));
    try (Database database = Database.open(new DatabaseSettings.Server(url, "sa", "", 4))) {
      insert(database, "before@example.org");
      FullDisk.setFull(true);
      for (int i = 0; i < 3; i++) {
        assertThatException()
            .isThrownBy(() -> insert(database, "lost@example.org"))
            .matches(Database::isOutage);
      }

      FullDisk.setFull(false);

      eventually(() -> insert(database, "after@example.org"));
      assertThat(
              database
                  .jdbc()
                  .sql("SELECT email FROM accounts ORDER BY id")
                  .query(String.class)
                  .list())
          .contains("before@example.org", "after@example.org")
          .doesNotContain("lost@example.org");
    } finally {
      FullDisk.setFull(false);
    }
  }

  /** Each connection that there was fails once. */
  private static void eventually(Runnable action) {
    for (int failures = 0; ; failures++) {
      try {
        action.run();
        return;
      } catch (RuntimeException e) {
        if (failures == 4) {
          throw e;
        }
      }
    }
  }

  private static void insert(Database database, String email) {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO accounts (email, name, password, created_at)
            VALUES (:email, 'Ada', '', CURRENT_TIMESTAMP)
            """)
        .param("email", email)
        .update();
  }

  @Test
  void aFolderWithASemicolonIsRefused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Database.open(new DatabaseSettings.Embedded(folder.resolve("a;b"))))
        .returns("data-folder-invalid", Problem::type);
  }

  @Test
  void aServerThatIsAwayIsAnExternalProblem() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + unused + "/parigot";
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(
            () -> Database.open(new DatabaseSettings.Server(url, "parigot", "kept secret", 4)))
        .returns(Problem.Kind.EXTERNAL, Problem::kind)
        .returns("database-unreachable", Problem::type)
        .withMessageContaining(url);
  }

  @Test
  void settingsDoNotTellThePassword() {
    assertThat(new DatabaseSettings.Server("jdbc:postgresql://db/p", "p", "kept secret", 4))
        .asString()
        .doesNotContain("kept secret");
  }
}
