package dev.parigot.situation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InMemoryKeyValueTest {
  private final InMemoryKeyValue store = new InMemoryKeyValue();

  @BeforeEach
  void fill() {
    for (String key : new String[] {"tea/2", "tea/1", "tea", "coffee", "water"}) {
      store.put(bytes(key), bytes("hot"));
    }
    store.put(new byte[] {(byte) 0xff}, bytes("cold"));
  }

  @Test
  void listsByPrefixInUnsignedOrder() {
    assertThat(list("tea", "", 9)).containsExactly("tea", "tea/1", "tea/2");
    assertThat(store.list(new byte[0], bytes("water"), 9)).containsExactly(new byte[] {(byte) 255});
  }

  @Test
  void listsAfterAKeyWhetherOrNotItExists() {
    assertThat(list("tea", "tea", 9)).containsExactly("tea/1", "tea/2");
    assertThat(list("tea", "tea/15", 9)).containsExactly("tea/2");
    assertThat(list("tea", "coffee", 1)).containsExactly("tea");
    assertThat(list("tea", "water", 9)).isEmpty();
  }

  @Test
  void comparesBeforeItSets() {
    assertThat(store.compareAndSet(bytes("tea"), null, bytes("x"))).isFalse();
    assertThat(store.compareAndSet(bytes("milk"), bytes("x"), bytes("y"))).isFalse();
    assertThat(store.compareAndSet(bytes("milk"), null, bytes("y"))).isTrue();
    assertThat(store.compareAndSet(bytes("milk"), bytes("y"), bytes("z"))).isTrue();
    assertThat(store.get(bytes("milk"))).isEqualTo(bytes("z"));
  }

  @Test
  void keepsItsValuesToItself() {
    byte[] value = bytes("hot");
    store.put(bytes("tea"), value);
    value[0] = 'p';
    byte[] got = store.get(bytes("tea"));
    assertThat(got).isEqualTo(bytes("hot"));
  }

  private List<String> list(String prefix, String after, int limit) {
    return store.list(bytes(prefix), bytes(after), limit).stream()
        .map(key -> new String(key, StandardCharsets.UTF_8))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
