package dev.parigot.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Random;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ways into a memory do the same. */
class GuestMemoryTest {
  private final Context context =
      Context.newBuilder("wasm").allowPolyglotAccess(PolyglotAccess.ALL).build();
  private Value linear = context.asValue(0);

  @BeforeEach
  void instantiate() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/guests/trapping-free.wasm")) {
      byte[] module = Objects.requireNonNull(in).readAllBytes();
      Source source =
          Source.newBuilder("wasm", ByteSequence.create(module), "memory").buildLiteral();
      context.initialize("wasm");
      linear = context.eval(source).newInstance().getMember("exports").getMember("memory");
    }
  }

  @AfterEach
  void close() {
    context.close(true);
  }

  @Test
  void whatOneWayWritesTheOtherReads() {
    GuestMemory fast = new GuestMemory(context, linear);
    GuestMemory slow = new GuestMemory(linear);
    Random random = new Random(3);
    for (int length = 0; length < 40; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      fast.write(1000 + length, bytes);
      assertThat(slow.read(1000 + length, length)).isEqualTo(bytes);
      slow.write(2001, bytes);
      assertThat(fast.read(2001, length)).isEqualTo(bytes);
    }
  }

  @Test
  void numbersAreLittleEndian() {
    GuestMemory memory = new GuestMemory(context, linear);
    memory.write(8, new byte[] {1, 2, 3, 4, 5, 6, 7, -1});
    assertThat(memory.readByte(15)).isEqualTo((byte) -1);
    assertThat(memory.readInt(8)).isEqualTo(0x04030201);
    assertThat(memory.readLong(8)).isEqualTo(0xff07060504030201L);
    memory.writeInt(16, 0x0a0b0c0d);
    memory.writeLong(24, -2);
    assertThat(memory.readInt(16)).isEqualTo(0x0a0b0c0d);
    assertThat(memory.readLong(24)).isEqualTo(-2);
  }

  @Test
  void theEndOfTheMemoryIsItsLastByte() {
    for (GuestMemory memory :
        new GuestMemory[] {new GuestMemory(context, linear), new GuestMemory(linear)}) {
      assertThat(memory.size()).isEqualTo(65536);
      assertThat(memory.read(65536, 0)).isEmpty();
      assertThat(memory.read(65535, 1)).hasSize(1);
      assertOutside(memory, 65535, 2);
      assertOutside(memory, 65537, 0);
      assertOutside(memory, -1, 1);
      assertOutside(memory, 0, -1);
      assertOutside(memory, -1, -1);
      assertOutside(memory, Integer.MIN_VALUE, Integer.MIN_VALUE);
      assertThatThrownBy(() -> memory.write(65530, new byte[8])).isInstanceOf(GuestStop.Trap.class);
    }
  }

  @Test
  void aMemoryThatHasGrownIsReachedWhereItIsNow() {
    GuestMemory fast = new GuestMemory(context, linear);
    GuestMemory slow = new GuestMemory(linear);
    fast.write(16, new byte[] {1, 2, 3});

    context.getPolyglotBindings().getMember("WebAssembly").getMember("mem_grow").execute(linear, 1);
    fast.guestHasRun();
    fast.write(65535, new byte[] {4, 5});

    assertThat(fast.size()).isEqualTo(2 * 65536);
    assertThat(slow.read(65535, 2)).containsExactly(4, 5);
    assertThat(fast.read(16, 3)).containsExactly(1, 2, 3);
  }

  private static void assertOutside(GuestMemory memory, int pointer, int length) {
    assertThatThrownBy(() -> memory.read(pointer, length))
        .isInstanceOf(GuestStop.Trap.class)
        .hasMessageContaining("outside the memory of 65536 bytes");
  }
}
