package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What reading and validating takes of the heap, for files that are made to take much. */
class ReaderCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MANY = 50_000;

  /** Bytes of heap for a byte of the file, of which most do not outlive the reading. */
  private static final int MOST_PER_BYTE = 100;

  private static final byte[] TYPE = {0x60, 0, 0};
  private static final byte[] BODY = {2, 0, 0x0b};
  private static final byte[] GLOBAL = {0x7f, 0, 0x41, 0, 0x0b};
  private static final byte[] ONE_TYPE = section(1, join(number(1), TYPE));
  private static final byte[] ONE_FUNCTION = section(3, new byte[] {1, 0});

  /** Counts of things that are not there. */
  static Stream<byte[]> lies() {
    long[] counts = {100, 10_000, 100_000, 1_000_000, 0xffff_ffffL};
    return Stream.of(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12)
        .flatMap(id -> Stream.of(0, 1, 2, 3, 4).map(i -> module(section(id, number(counts[i])))));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void nothingIsAllocatedForWhatIsNotThere(byte[] file) {
    assertThat(allocated(file)).isLessThan(1 << 16);
  }

  /** Nesting, and as many of everything as there is room for. */
  static Stream<byte[]> bombs() {
    return Stream.of(
        module(section(1, many(TYPE))),
        module(section(6, many(GLOBAL))),
        module(ONE_TYPE, section(3, join(number(MANY), new byte[MANY])), section(10, many(BODY))),
        code(new byte[] {0x02, 0x40}, new byte[] {0x0b}),
        code(new byte[] {0x41, 0}, new byte[] {0x1a}),
        code(new byte[] {0x41, 0, 0x0e, 1, 0, 0}, new byte[] {}),
        code(join(new byte[] {0x41, 0, 0x0e}, number(MANY), new byte[MANY + 1]), new byte[] {}));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void theHeapThatIsTakenIsInProportionToTheFile(byte[] file) {
    assertThat(allocated(file)).isLessThan((1 << 20) + (long) MOST_PER_BYTE * file.length);
  }

  /** A function that does one thing many times and then the other as often, within the limits. */
  private static byte[] code(byte[] first, byte[] second) {
    int times = first.length > MANY ? 1 : ModuleLimits.OPERANDS;
    byte[] body = join(new byte[1], times(first, times), times(second, times), new byte[] {0x0b});
    return module(ONE_TYPE, ONE_FUNCTION, section(10, join(number(1), number(body.length), body)));
  }

  /** The second time, when the classes are there. */
  private static long allocated(byte[] file) {
    validate(file);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    validate(file);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void validate(byte[] file) {
    try {
      WasmValidator.validate(WasmReader.read(file));
    } catch (MalformedWasm _) {
      // Refusing must be cheap, too.
    }
  }

  private static byte[] many(byte[] thing) {
    return join(number(MANY), times(thing, MANY));
  }

  private static byte[] times(byte[] bytes, int times) {
    byte[] all = new byte[bytes.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
    }
    return all;
  }

  private static byte[] module(byte[]... sections) {
    return join(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0}, join(sections));
  }

  private static byte[] section(int id, byte[] content) {
    return join(new byte[] {(byte) id}, number(content.length), content);
  }

  private static byte[] number(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
