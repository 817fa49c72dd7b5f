package dev.parigot.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.situation.Call;
import dev.parigot.situation.HostCall;
import dev.parigot.situation.HostCall.Given;
import dev.parigot.situation.InMemoryKeyValue;
import dev.parigot.situation.KeyValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A history of hosts that keep the contract, and of some that don't. */
class RecorderTest {
  private static final byte[] KEY = "left".getBytes(UTF_8);

  private final Chronicle chronicle = new Chronicle();

  private Recorder begin(int most) {
    Recorder recorder = new Recorder(new Random(1), System::nanoTime, most);
    chronicle.begin(recorder);
    return recorder;
  }

  private static History end(Recorder recorder) {
    return recorder.history("shop", Instant.EPOCH, true);
  }

  private <T extends @Nullable Object> T host(
      int instance, String module, String function, Given given, Supplier<T> effect) {
    Call cause = new Call("call-" + instance, "stock", "take", null, 0, 1, "");
    return chronicle.around(
        new HostCall(cause, "stock." + instance, module, function, KEY, given), effect);
  }

  private byte @Nullable [] get(int instance, KeyValue store) {
    return this.<byte @Nullable []>host(
        instance, "parigot:kv", "get", Given.NOTHING, () -> store.get(KEY));
  }

  private void put(int instance, KeyValue store, byte[] value) {
    host(
        instance,
        "parigot:kv",
        "put",
        Given.of(value),
        () -> {
          store.put(KEY, value);
          return true;
        });
  }

  private boolean count(int instance, KeyValue store) {
    byte[] old = get(instance, store);
    int next = old == null ? 1 : 1 + ByteBuffer.wrap(old).getInt();
    byte[] value = ByteBuffer.allocate(4).putInt(next).array();
    return host(
        instance,
        "parigot:kv",
        "compare_and_set",
        new Given(value, old, 0),
        () -> store.compareAndSet(KEY, old, value));
  }

  private History counted(KeyValue store, int threads, int times) {
    Recorder recorder = begin(100_000);
    IntStream.range(0, threads)
        .mapToObj(instance ->
            CompletableFuture.runAsync(() -> {
              for (int i = 0; i < times; i++) {
                count(instance, store);
              }
            }))
        .toList()
        .forEach(CompletableFuture::join);
    return end(recorder);
  }

  @Test
  void aStoreThatIsOnePlaceIsLegalUnderManyThreads() {
    History history = counted(new InMemoryKeyValue(), 6, 300);
    assertThat(history.events()).hasSizeGreaterThanOrEqualTo(3_600);
    assertThat(Checker.check(history)).isEqualTo(new Verdict(List.of(), List.of()));
  }

  /** It forgets to ask the store again when another one has written. */
  private static final class StaleCache extends Forwarding {
    private final Map<Thread, byte[]> seen = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] get(byte[] key) {
      byte[] known = seen.remove(Thread.currentThread());
      if (known != null) {
        return known;
      }
      byte[] value = super.get(key);
      if (value != null) {
        seen.put(Thread.currentThread(), value);
      }
      return value;
    }
  }

  /** Two look before either sets. */
  private static final class NotAtomic extends Forwarding {
    private final CyclicBarrier both = new CyclicBarrier(2);

    @Override
    public boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value) {
      boolean same = Arrays.equals(super.get(key), old);
      try {
        both.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
      if (same) {
        super.put(key, value);
      }
      return same;
    }
  }

  private static class Forwarding implements KeyValue {
    private final KeyValue store = new InMemoryKeyValue();

    @Override
    public byte @Nullable [] get(byte[] key) {
      return store.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      store.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      store.delete(key);
    }

    @Override
    public boolean compareAndSet(byte[] key, byte @Nullable [] old, byte[] value) {
      return store.compareAndSet(key, old, value);
    }

    @Override
    public List<byte[]> list(byte[] prefix, byte[] after, int limit) {
      return store.list(prefix, after, limit);
    }
  }

  @Test
  void aStoreThatAnswersFromAStaleCacheIsTold() {
    KeyValue cached = new StaleCache();
    Recorder recorder = begin(100);
    put(1, cached, new byte[] {1});
    assertThat(get(1, cached)).containsExactly(1);
    put(2, cached, new byte[] {2});
    assertThat(get(1, cached)).containsExactly(1);

    assertThat(Checker.check(end(recorder)).violations())
        .singleElement()
        .extracting(Violation::sentence)
        .asString()
        .startsWith("stock.1 read `left` as ")
        .contains(" though stock.2 wrote ")
        .endsWith("that is stale");
  }

  @Test
  void aComparisonThatIsNotAtomicIsTold() {
    assertThat(Checker.check(counted(new NotAtomic(), 2, 1)).violations())
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo("store");
  }

  @Test
  void aWriteThatFailedMayHaveHappened() {
    KeyValue store = new InMemoryKeyValue();
    Recorder recorder = begin(100);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            host(
                1,
                "parigot:kv",
                "put",
                Given.of(KEY),
                () -> {
                  store.put(KEY, KEY);
                  throw new IllegalStateException("the connection broke");
                }));
    get(2, store);
    assertThat(Checker.check(end(recorder))).isEqualTo(new Verdict(List.of(), List.of()));
  }

  @Test
  void aHistoryEndsWhereItIsFullAndSaysSo() {
    KeyValue store = new InMemoryKeyValue();
    Recorder recorder = begin(10);
    for (int i = 0; i < 30; i++) {
      put(1, store, new byte[] {(byte) i});
      get(2, store);
    }
    History history = end(recorder);
    assertThat(history.complete()).isFalse();
    assertThat(history.events()).hasSize(10);
    Verdict verdict = Checker.check(history);
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.undecided()).hasSize(1);
  }

  @Test
  void valuesAreToldByDigestsThatAreOtherOnesInEachHistory() {
    KeyValue store = new InMemoryKeyValue();
    List<History> histories = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      Recorder recorder = new Recorder(new Random(seed), System::nanoTime, 10);
      chronicle.begin(recorder);
      put(1, store, "a price".getBytes(UTF_8));
      histories.add(end(recorder));
    }
    assertThat(histories.getFirst().events()).isNotEqualTo(histories.getLast().events());
    assertThat(histories.getFirst().lines()).doesNotContain("price").contains("left");
  }

  @Test
  void twoCallsThatAHostLetsIntoAnInstanceAreTold() {
    Recorder recorder = begin(10);
    Call first = new Call("1", "stock", "take", null, 0, 1, "");
    Call second = new Call("2", "stock", "take", null, 0, 1, "");
    chronicle.visit("stock.1", first, () -> chronicle.visit("stock.1", second, () -> true));
    assertThat(Checker.check(end(recorder)).violations())
        .singleElement()
        .extracting(Violation::rule)
        .isEqualTo("one call at a time");
  }
}
