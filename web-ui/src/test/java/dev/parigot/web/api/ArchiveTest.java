package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.pipeline.SourceTree.Entry;
import dev.parigot.pipeline.SourceTree.Kind;
import dev.parigot.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** What comes out of an archive. */
class ArchiveTest {
  private static final Archive.Limits FEW = new Archive.Limits(3, 1 << 16);

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();

  @Test
  void filesComeOutAsTheyWentInWithoutTarsDot() throws IOException {
    try (var tar = tar()) {
      file(tar, "./parigot.toml", "name = \"x\"");
      file(tar, "site/é.html", "");
    }

    try (Archive archive = open(packed.toByteArray())) {
      assertThat(archive.entries(10))
          .containsExactly(
              new Entry("parigot.toml", Kind.FILE, 10), new Entry("site/é.html", Kind.FILE, 0));
      assertThat(archive.read(archive.entries(10).getFirst())).asString().isEqualTo("name = \"x\"");
      assertThat(archive.read(archive.entries(10).getLast())).isEmpty();
      assertThat(archive.commit()).isNull();
    }
  }

  @Test
  void linksAreToldAsWhatTheyAre() throws IOException {
    try (var tar = tar()) {
      file(tar, "a", "content");
      link(tar, "hard", "a", TarConstants.LF_LINK);
      link(tar, "soft", "/etc/passwd", TarConstants.LF_SYMLINK);
    }

    try (Archive archive = open(packed.toByteArray())) {
      assertThat(archive.entries(10))
          .containsExactly(
              new Entry("a", Kind.FILE, 7),
              new Entry("hard", Kind.FILE, 7),
              new Entry("soft", Kind.SYMLINK, 0));
      assertThat(archive.read(new Entry("hard", Kind.FILE, 7))).asString().isEqualTo("content");
    }
  }

  @Test
  void aNameThatLeavesTheTreeIsPassedOnAndNeverAPathHere() throws IOException {
    try (var tar = tar()) {
      file(tar, "../../outside", "x");
    }

    try (Archive archive = open(packed.toByteArray())) {
      assertThat(archive.entries(10).getFirst().path()).isEqualTo("../../outside");
    }
  }

  @Test
  void tooManyFilesOrBytesAreRefused() throws IOException {
    try (var tar = tar()) {
      for (String name : new String[] {"a", "b", "c", "d"}) {
        file(tar, name, "");
      }
    }
    assertRefused(413, packed.toByteArray());

    packed.reset();
    try (var tar = tar()) {
      file(tar, "bomb", "0".repeat(1 << 20));
    }
    assertThat(packed.size()).isLessThan(1 << 12);
    assertRefused(413, packed.toByteArray());
  }

  /** Foreign bytes end in an archive or in a problem, never in anything else. */
  @Test
  void damagedArchivesAreRefusedOrRead() throws IOException {
    try (var tar = tar()) {
      file(tar, "a", "some content that is longer than nothing");
      link(tar, "b", "a", TarConstants.LF_LINK);
    }
    byte[] whole = packed.toByteArray();
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try (Archive archive = open(damaged)) {
        for (Entry entry : archive.entries(10)) {
          if (entry.kind() == Kind.FILE) {
            assertThat(archive.read(entry)).hasSize((int) entry.size());
          }
        }
      } catch (Problem problem) {
        assertThat(problem.status()).isBetween(400, 413);
      }
    }
  }

  private static void assertRefused(int status, byte[] bytes) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> open(bytes).close())
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(status));
  }

  private static Archive open(byte[] bytes) throws IOException {
    return Archive.read(new ByteArrayInputStream(bytes), FEW);
  }

  private TarArchiveOutputStream tar() throws IOException {
    return new TarArchiveOutputStream(new GZIPOutputStream(packed), "UTF-8");
  }

  private static void file(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target, byte kind)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
