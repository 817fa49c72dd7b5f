package dev.parigot.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import dev.parigot.artifact.EmbeddedS3;
import dev.parigot.database.Database;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.TestDatabase;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.problem.Problem;
import dev.parigot.queue.Messages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that lasts, saved from one database and restored into another. */
class BackupTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path folder;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Backup backup(Database database, Holding... others) {
    List<Holding> holdings = new ArrayList<>(List.of(others));
    holdings.addFirst(new DatabaseHolding(database.dataSource()));
    return new Backup(holdings, database::version, "of a test", CLOCK);
  }

  /** An account, two apps of which one was deleted, and what services store. */
  private static App fill(Database database) {
    AccountId ada =
        new AccountId(
            GeneratedId.of(
                database
                    .jdbc()
                    .sql(
                        """
                        INSERT INTO accounts (email, name, password, created_at)
                        VALUES ('ada@example.org', 'Ada "L" \u00e9\ud83d\ude00', 'hash', CURRENT_TIMESTAMP)
                        """)));
    Apps apps = new Apps(database.jdbc(), database.transactions(), CLOCK);
    App shop = apps.create(ada, AppName.of("shop"));
    apps.delete(apps.create(ada, AppName.of("gone")));
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    var store = new KeyValues(database.jdbc()).of(shop.id());
    store.put(utf8("all bytes"), every);
    store.put(utf8("none"), new byte[0]);
    var messages = new Messages(database.jdbc(), CLOCK);
    assertThat(messages.send(shop.id(), "orders", utf8("one beret"), "a trace")).isTrue();
    return shop;
  }

  private Path save(Backup backup) throws IOException {
    Path file = folder.resolve("backup-" + System.nanoTime());
    try (OutputStream out = Files.newOutputStream(file)) {
      backup.save(out);
    }
    return file;
  }

  /** Every row of every table that a backup has, as text. */
  private static Map<String, String> contents(Database database) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    backup(database).save(bytes);
    Map<String, String> contents = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        contents.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    contents.remove("manifest.json");
    return contents;
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatOneDatabaseHasTheOtherGets(TestDatabase vendor) throws IOException {
    Database from = vendor.empty();
    App shop = fill(from);
    Path file = save(backup(from));
    Map<String, String> before = contents(from);

    TestDatabase otherVendor =
        vendor == TestDatabase.H2 ? TestDatabase.POSTGRESQL : TestDatabase.H2;
    Database to = otherVendor.empty();
    try (BackupFile saved = BackupFile.open(file)) {
      assertThat(saved.tables()).isEqualTo(to.version());
      backup(to).restore(saved);
    }

    assertThat(contents(to)).isEqualTo(before);
    assertThat(before.get("database/key_values.jsonl")).contains("\"app_id\"");
    var store = new KeyValues(to.jdbc()).of(shop.id());
    assertThat(store.get(utf8("all bytes"))).hasSize(256);
    assertThat(store.get(utf8("none"))).isEmpty();
    var messages = new Messages(to.jdbc(), CLOCK);
    var orders = new Messages.Queue(shop.id(), "orders");
    assertThat(messages.take(orders, Duration.ofMinutes(1)).orElseThrow().content())
        .isEqualTo(utf8("one beret"));
    App next =
        new Apps(to.jdbc(), to.transactions(), CLOCK).create(shop.owner(), AppName.of("next"));
    assertThat(next.id().value()).as("an id is never had twice").isEqualTo(shop.id().value() + 2);

    try (BackupFile saved = BackupFile.open(file)) {
      refused("database-not-empty", () -> backup(to).restore(saved));
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void refused(String type, Action action) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(action::run)
        .returns(type, Problem::type)
        .returns(Problem.Kind.USER, Problem::kind);
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aBackupIsOfOneMomentWhateverIsWrittenMeanwhile(TestDatabase vendor) throws Exception {
    Database database = vendor.empty();
    var _ = fill(database);
    AtomicBoolean done = new AtomicBoolean();
    Semaphore written = new Semaphore(0);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 1_000_000; !done.get(); i++) {
                int number = i;
                database
                    .transactions()
                    .executeWithoutResult(_ -> {
                      database.jdbc().sql("UPDATE apps SET last_release = " + number).update();
                      database.jdbc().sql("UPDATE accounts SET name = '" + number + "'").update();
                    });
                written.release();
              }
            });
    Set<String> seen = new HashSet<>();
    try {
      for (int i = 0; i < 10; i++) {
        written.drainPermits();
        // Two, as the first of them may have begun before.
        assertThat(written.tryAcquire(2, 1, TimeUnit.MINUTES)).as("the writer writes").isTrue();
        Map<String, String> contents = contents(database);
        String name = number(contents.getOrDefault("database/accounts.jsonl", ""));
        assertThat(number(contents.getOrDefault("database/apps.jsonl", ""))).isEqualTo(name);
        seen.add(name);
      }
    } finally {
      done.set(true); // An interrupt would close the database under it.
      writer.join();
    }
    assertThat(seen).as("what was written meanwhile").hasSize(10);
  }

  /** What the writer wrote into the row that comes second. */
  private static String number(String rows) {
    return Pattern.compile("\\b1\\d{6}\\b")
        .matcher(rows.lines().skip(1).findFirst().orElseThrow())
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void artifactsAndKeysComeAlong() throws IOException {
    Database database = TestDatabase.H2.empty();
    Path keys = Files.createDirectory(folder.resolve("keys"));
    Files.write(keys.resolve("seal.key"), new byte[] {1, 2, 3});
    Digest digest;
    Path file;
    try (EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("s3"), new SecureRandom());
        ArtifactStore store = ArtifactStore.open(s3.settings())) {
      digest = store.put(utf8("a module"));
      store.shelf("uploads").put(digest, utf8("a module"));
      file = save(backup(database, new ArtifactHolding(store), new FolderHolding("keys", keys)));
    }
    Path others = folder.resolve("other keys");
    try (BackupFile saved = BackupFile.open(file);
        EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("other s3"), new SecureRandom());
        ArtifactStore store = ArtifactStore.open(s3.settings())) {
      backup(database, new ArtifactHolding(store), new FolderHolding("keys", others))
          .restore(saved);
      assertThat(store.all()).containsExactly(digest);
      assertThat(store.get(digest)).isEqualTo(utf8("a module"));
    }
    assertThat(others.resolve("seal.key")).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(others.resolve("seal.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatIsNotAsItWasWrittenIsRefused() throws IOException {
    Database database = TestDatabase.H2.empty();
    var _ = fill(database);
    Path file = save(backup(database));
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refused("backup-damaged", () -> BackupFile.open(file).close());
    Files.write(file, utf8("no backup at all"));
    refused("backup-damaged", () -> BackupFile.open(file).close());
    refused("no-backup", () -> BackupFile.open(folder.resolve("absent")).close());
    Files.write(file, rewritten(whole, "database/apps.jsonl", "shop", "shoq"));
    refused("backup-damaged", () -> BackupFile.open(file).close());
    Files.write(file, rewritten(whole, "manifest.json", "\"format\" : 1", "\"format\" : 2"));
    refused("backup-of-another-format", () -> BackupFile.open(file).close());
    Files.write(file, rewritten(whole, "manifest.json", "\"format\"", "\"former\""));
    refused("backup-of-another-format", () -> BackupFile.open(file).close());
    for (int at = 0; at < whole.length; at += whole.length / 200) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x55;
      Files.write(file, flipped);
      try (BackupFile opened = BackupFile.open(file)) {
        // A bit that means nothing, such as of a time in the ZIP: what it has is whole.
        assertThat(opened.entries("database")).isNotEmpty();
      } catch (Problem refusal) {
        assertThat(refusal.kind()).isEqualTo(Problem.Kind.USER);
      }
    }
  }

  private static byte[] rewritten(byte[] zip, String entry, String text, String other)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        String content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        out.putNextEntry(new ZipEntry(each.getName()));
        out.write(utf8(each.getName().equals(entry) ? content.replace(text, other) : content));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void aDatabaseIsOpenedAtTheVersionOfTheBackupOrNotAtAll() {
    DatabaseSettings settings = new DatabaseSettings.Embedded(folder.resolve("database"));
    try (Database old = Database.openAt(settings, "5")) {
      assertThat(old.version()).isEqualTo("5");
    }
    try (Database now = Database.open(settings)) {
      assertThat(Integer.parseInt(now.version())).isGreaterThan(5);
    }
    refused("database-of-another-version", () -> Database.openAt(settings, "5").close());
    DatabaseSettings empty = new DatabaseSettings.Embedded(folder.resolve("empty"));
    refused("database-of-another-version", () -> Database.openAt(empty, "9999").close());
  }
}
