package dev.parigot.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parigot.account.AccountId;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.app.Apps;
import dev.parigot.database.Database;
import dev.parigot.database.DatabaseSettings;
import dev.parigot.database.GeneratedId;
import dev.parigot.database.TestDatabase;
import dev.parigot.situation.KeyValue;
import dev.parigot.situation.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class KeyValuesTest {
  private static final byte[] KEY = bytes("key");
  private static final byte[] NONE = {};

  private final KeyValue shop;
  private final KeyValue blog;
  private final KeyValue small;

  KeyValuesTest(TestDatabase vendor) {
    Database database = vendor.empty();
    AccountId ada =
        new AccountId(
            GeneratedId.of(
                database
                    .jdbc()
                    .sql(
                        """
                        INSERT INTO accounts (email, name, password, created_at)
                        VALUES ('ada@example.org', 'Ada', '', CURRENT_TIMESTAMP)
                        """)));
    Apps apps = new Apps(database.jdbc(), database.transactions(), Clock.systemUTC());
    KeyValues keyValues = new KeyValues(database.jdbc());
    shop = keyValues.of(apps.create(ada, AppName.of("shop")).id());
    blog = keyValues.of(apps.create(ada, AppName.of("blog")).id());
    small = new KeyValues(database.jdbc(), 100).of(apps.create(ada, AppName.of("small")).id());
  }

  @Test
  void aDatabaseThatIsGoneIsToldToTheGuest() {
    Database closed =
        Database.open(
            new DatabaseSettings.Embedded(Path.of("target", "closed-" + UUID.randomUUID())));
    KeyValue store = new KeyValues(closed.jdbc()).of(new AppId(1));
    closed.close();
    for (Runnable operation :
        List.<Runnable>of(
            () -> store.get(KEY),
            () -> store.put(KEY, NONE),
            () -> store.delete(KEY),
            () -> store.compareAndSet(KEY, NONE, NONE),
            () -> store.list(NONE, NONE, 1))) {
      assertThatThrownBy(operation::run)
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.code()).isEqualTo(503));
    }
  }

  @Test
  void keepsWhatWasPutLast() {
    assertThat(shop.get(KEY)).isNull();
    shop.put(KEY, bytes("one"));
    shop.put(KEY, bytes("two"));
    assertThat(shop.get(KEY)).isEqualTo(bytes("two"));
  }

  @Test
  void anEmptyValueIsAValue() {
    shop.put(KEY, NONE);
    assertThat(shop.get(KEY)).isEmpty();
    assertThat(shop.compareAndSet(KEY, null, bytes("x"))).isFalse();
    assertThat(shop.compareAndSet(KEY, NONE, bytes("x"))).isTrue();
  }

  @Test
  void deletingSucceedsWhetherThereIsSomethingOrNot() {
    shop.delete(KEY);
    shop.put(KEY, bytes("x"));
    shop.delete(KEY);
    assertThat(shop.get(KEY)).isNull();
  }

  @Test
  void appsDoNotShareTheirEntries() {
    shop.put(KEY, bytes("of the shop"));
    assertThat(blog.get(KEY)).isNull();
    assertThat(blog.list(NONE, NONE, 10)).isEmpty();
    blog.delete(KEY);
    assertThat(blog.compareAndSet(KEY, bytes("of the shop"), bytes("stolen"))).isFalse();
    assertThat(shop.get(KEY)).isEqualTo(bytes("of the shop"));
  }

  @Test
  void anAppsStoreIsBoundedInAll() {
    small.put(KEY, new byte[97]);
    assertThatThrownBy(() -> small.put(KEY, new byte[98]))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(507));
    assertThatThrownBy(() -> small.compareAndSet(KEY, new byte[97], new byte[98]))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> small.compareAndSet(bytes("other"), null, NONE))
        .isInstanceOf(Refused.class);
    assertThat(small.get(KEY)).hasSize(97);
    small.put(KEY, new byte[97]);
    assertThat(small.compareAndSet(KEY, NONE, NONE)).as("it is another value").isFalse();
    assertThat(small.compareAndSet(KEY, new byte[97], new byte[90])).isTrue();
    small.put(bytes("other"), new byte[2]);
    assertThatThrownBy(() -> small.put(bytes("x"), NONE)).isInstanceOf(Refused.class);
    small.delete(bytes("other"));
    small.delete(bytes("other"));
    small.put(bytes("next"), new byte[3]);
    assertThatThrownBy(() -> small.put(bytes("x"), NONE)).isInstanceOf(Refused.class);
  }

  @Test
  void whatTwoWritersMiscountedIsCountedAgainBeforeAnybodyIsRefused() {
    long[] entries = {60};
    Room room = new Room(100, () -> entries[0]);
    room.take(40);
    entries[0] = 80;
    room.take(20);
    entries[0] = 100;
    assertThatThrownBy(() -> room.take(1)).isInstanceOf(Refused.class);
  }

  @Test
  void theLargestEntryFits() {
    byte[] key = random(512, 1);
    byte[] value = random(1 << 20, 2);
    byte[] other = random(1 << 20, 3);
    shop.put(key, value);
    assertThat(shop.get(key)).isEqualTo(value);
    assertThat(shop.compareAndSet(key, other, NONE)).isFalse();
    assertThat(shop.compareAndSet(key, value, other)).isTrue();
    assertThat(shop.get(key)).isEqualTo(other);
  }

  @Test
  void setsOnlyWhatIsAsExpected() {
    assertThat(shop.compareAndSet(KEY, bytes("one"), bytes("two"))).isFalse();
    assertThat(shop.get(KEY)).isNull();
    assertThat(shop.compareAndSet(KEY, null, bytes("one"))).isTrue();
    assertThat(shop.compareAndSet(KEY, null, bytes("two"))).isFalse();
    assertThat(shop.compareAndSet(KEY, bytes("one"), bytes("two"))).isTrue();
    assertThat(shop.compareAndSet(KEY, bytes("one"), bytes("three"))).isFalse();
    assertThat(shop.get(KEY)).isEqualTo(bytes("two"));
  }

  @Test
  void listsInUnsignedByteOrder() {
    byte[][] ordered = {
      {0},
      {0, 0},
      {1},
      {0x7f},
      {(byte) 0x80},
      {(byte) 0x80, 1},
      {(byte) 0xff},
      {(byte) 0xff, 0},
      {(byte) 0xff, (byte) 0xff}
    };
    for (int i = ordered.length - 1; i >= 0; i--) {
      shop.put(ordered[i], NONE);
    }
    assertThat(shop.list(NONE, NONE, 100)).containsExactly(ordered);
    assertThat(shop.list(NONE, new byte[] {0x7f}, 2)).containsExactly(ordered[4], ordered[5]);
    assertThat(shop.list(new byte[] {(byte) 0xff}, NONE, 100))
        .containsExactly(ordered[6], ordered[7], ordered[8]);
    assertThat(shop.list(new byte[] {(byte) 0xff}, new byte[] {(byte) 0xff, 0}, 100))
        .containsExactly(ordered[8]);
    assertThat(shop.list(NONE, NONE, Integer.MAX_VALUE)).hasSize(ordered.length);
  }

  /** Many small random operations, with keys that are prefixes of one another. */
  @Test
  void behavesAsASortedMapDoes() {
    Random random = new Random(20260301);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    for (int step = 0; step < 1_500; step++) {
      byte[] key = key(random);
      byte[] value = {(byte) random.nextInt(3)};
      switch (random.nextInt(5)) {
        case 0 -> {
          shop.put(key, value);
          model.put(key, value);
        }
        case 1 -> {
          shop.delete(key);
          model.remove(key);
        }
        case 2 -> {
          byte[] old = random.nextBoolean() ? null : new byte[] {(byte) random.nextInt(3)};
          boolean expected = Arrays.equals(old, model.get(key));
          assertThat(shop.compareAndSet(key, old, value)).as("step %d", step).isEqualTo(expected);
          if (expected) {
            model.put(key, value);
          }
        }
        case 3 -> assertThat(shop.get(key)).as("step %d", step).isEqualTo(model.get(key));
        default -> {
          byte[] prefix = random.nextBoolean() ? NONE : key(random);
          byte[] after = random.nextBoolean() ? NONE : key;
          int limit = 1 + random.nextInt(20);
          List<byte[]> expected =
              model.keySet().stream()
                  .filter(k -> startsWith(k, prefix) && Arrays.compareUnsigned(k, after) > 0)
                  .limit(limit)
                  .toList();
          assertThat(shop.list(prefix, after, limit))
              .as("step %d", step)
              .containsExactlyElementsOf(expected);
        }
      }
    }
  }

  @Test
  void noIncrementIsLostBetweenThreads() throws Exception {
    int threads = 6;
    int increments = 25;
    run(
        threads,
        () -> {
          for (int i = 0; i < increments; i++) {
            boolean done = false;
            while (!done) {
              byte[] old = shop.get(KEY);
              int count = old == null ? 0 : ByteBuffer.wrap(old).getInt();
              done = shop.compareAndSet(KEY, old, ByteBuffer.allocate(4).putInt(count + 1).array());
            }
          }
          return null;
        });
    assertThat(ByteBuffer.wrap(shop.get(KEY)).getInt()).isEqualTo(threads * increments);
  }

  @Test
  void oneOfManyCreatesTheKey() throws Exception {
    for (int round = 0; round < 10; round++) {
      byte[] key = bytes("lock " + round);
      List<Boolean> won = run(6, () -> shop.compareAndSet(key, null, bytes("mine")));
      assertThat(won).containsOnlyOnce(true);
    }
  }

  @Test
  void putsAndDeletesAtTheSameTimeAllSucceed() throws Exception {
    Random random = new Random(7);
    run(
        6,
        () -> {
          for (int i = 0; i < 40; i++) {
            if (random.nextBoolean()) {
              shop.put(KEY, bytes("value"));
            } else {
              shop.delete(KEY);
            }
          }
          return null;
        });
    assertThat(shop.get(KEY)).isIn((Object) null, bytes("value"));
  }

  private static <T> List<T> run(int threads, Callable<T> task) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<T> results = new ArrayList<>();
      List<Callable<T>> tasks = Collections.nCopies(threads, task);
      for (Future<T> result : executor.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    }
  }

  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (0x7e + random.nextInt(4));
      if (random.nextInt(4) == 0) {
        key[i] = (byte) 0xff;
      }
    }
    return key;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] random(int size, int seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
