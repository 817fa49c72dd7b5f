package dev.parigot.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.artifact.Digest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarksTest {
  private final Marks marks = new Marks();

  @Test
  void whatWasAddedIsThereAndNothingElse() {
    for (int round = 0; round < 2; round++) {
      IntStream.range(0, 5_000).mapToObj(MarksTest::digest).forEach(marks::add);
      assertThat(IntStream.range(0, 5_000)).allMatch(i -> marks.has(digest(i)));
      assertThat(IntStream.range(5_000, 9_000)).noneMatch(i -> marks.has(digest(i)));
    }
  }

  private static String digest(int i) {
    return Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8)}).toString();
  }
}
