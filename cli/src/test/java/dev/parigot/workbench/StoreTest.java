package dev.parigot.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path folder;

  @Test
  void keysAreListedInUnsignedOrderAfterAKeyAndWithinAPrefix() {
    try (Store store = Store.inMemory()) {
      StoredKeyValue values = new StoredKeyValue(store);
      for (int last : List.of(0xff, 0x00, 0x7f, 0x80)) {
        values.put(key(1, last), new byte[] {1});
      }
      values.put(key(2), new byte[] {1});

      assertThat(values.list(key(1), new byte[0], 9))
          .containsExactly(key(1, 0), key(1, 0x7f), key(1, 0x80), key(1, 0xff));
      assertThat(values.list(key(1), key(1, 0x7f), 1)).containsExactly(key(1, 0x80));
      assertThat(values.list(new byte[0], key(1, 0xff), 9)).containsExactly(key(2));
    }
  }

  private static byte[] key(int... bytes) {
    byte[] key = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      key[i] = (byte) bytes[i];
    }
    return key;
  }

  @Test
  void aValueIsSetOnlyIfItIsStillTheOneBefore() {
    try (Store store = Store.inMemory()) {
      StoredKeyValue values = new StoredKeyValue(store);
      assertThat(values.compareAndSet(key(1), key(9), key(2))).isFalse();
      assertThat(values.compareAndSet(key(1), null, key(2))).isTrue();
      assertThat(values.compareAndSet(key(1), null, key(3))).isFalse();
      assertThat(values.compareAndSet(key(1), key(2), key(3))).isTrue();
      assertThat(values.get(key(1))).isEqualTo(key(3));
      values.delete(key(1));
      assertThat(values.get(key(1))).isNull();
    }
  }

  /** What stands in the file while the process still runs is what a kill leaves. */
  @Test
  void whatWasWrittenStandsInTheFileAtOnce() throws IOException {
    try (Store store = Store.in(folder.resolve("live"))) {
      StoredKeyValue values = new StoredKeyValue(store);
      values.put(key(1), key(2));
      Path copy = Files.createDirectory(folder.resolve("killed"));
      for (int round = 2; round < 6; round++) {
        values.put(key(1), key(round));
        Files.write(copy.resolve("data.mv"), Files.readAllBytes(folder.resolve("live/data.mv")));
        try (Store left = Store.in(copy)) {
          assertThat(new StoredKeyValue(left).get(key(1))).isEqualTo(key(round));
        }
      }
    }
  }

  @Test
  void aStoreIsOneProcessesOwn() throws IOException {
    try (Store _ = Store.in(folder)) {
      assertThatThrownBy(() -> Store.in(folder)).isInstanceOf(Store.InUse.class);
    }
  }

  @Test
  void aMessageIsReadBackAsItWasWritten() {
    Message message =
        new Message(
            "orders", "00-1-2-01", 3, Instant.ofEpochMilli(1_700_000_000_123L), key(0, 255));
    Message read = Message.of(message.bytes());
    assertThat(read.content()).isEqualTo(message.content());
    assertThat(read.due()).isEqualTo(message.due());
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
  }
}
