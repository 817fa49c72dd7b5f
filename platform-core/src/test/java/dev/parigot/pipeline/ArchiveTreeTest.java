package dev.parigot.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class ArchiveTreeTest {
  private interface Content {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  @Test
  void filesAreReadBack() throws IOException {
    String deep = "site/" + "deep/".repeat(40) + "ü.txt";
    byte[] archive =
        archive(tar -> {
          folder(tar, "./");
          file(tar, "./parigot.toml", "name = \"shop\"");
          file(tar, deep, "deep");
          file(tar, "empty", "");
        });
    try (ArchiveTree tree = unpack(archive)) {
      assertThat(tree.entries(10))
          .containsExactly(
              new SourceTree.Entry("parigot.toml", SourceTree.Kind.FILE, 13),
              new SourceTree.Entry(deep, SourceTree.Kind.FILE, 4),
              new SourceTree.Entry("empty", SourceTree.Kind.FILE, 0));
      assertThat(tree.read(tree.entries(10).getFirst()))
          .asString(UTF_8)
          .isEqualTo("name = \"shop\"");
      assertThat(tree.read(tree.entries(10).get(1))).asString(UTF_8).isEqualTo("deep");
      assertThat(tree.read(tree.entries(10).getLast())).isEmpty();
      assertThat(tree.commit()).isNull();
    }
  }

  @Test
  void linksAreToldAsLinks() throws IOException {
    byte[] archive =
        archive(tar -> {
          link(tar, "soft", TarConstants.LF_SYMLINK);
          link(tar, "hard", TarConstants.LF_LINK);
        });
    try (ArchiveTree tree = unpack(archive)) {
      assertThat(tree.entries(10))
          .extracting(SourceTree.Entry::kind)
          .containsExactly(SourceTree.Kind.SYMLINK, SourceTree.Kind.SYMLINK);
    }
  }

  @Test
  void namesThatLeaveTheTreeAreKeptForThePipelineToRefuse() throws IOException {
    byte[] archive = archive(tar -> file(tar, "../../etc/passwd", "x"));
    try (ArchiveTree tree = unpack(archive)) {
      assertThat(tree.entries(10).getFirst().path()).isEqualTo("../../etc/passwd");
    }
  }

  @Test
  void tooManyFilesAreRefused() throws IOException {
    byte[] archive =
        archive(tar -> {
          for (int i = 0; i <= 20_000; i++) {
            file(tar, "f" + i, "");
          }
        });
    assertRefused("tree-too-large", archive);
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() throws IOException {
    assertRefused(
        "archive-ambiguous",
        archive(tar -> {
          file(tar, "a", "1");
          file(tar, "./a", "2");
        }));
  }

  @Test
  void whatIsNoArchiveIsRefused() {
    assertRefused("archive-unreadable", "hello".getBytes(UTF_8));
    assertRefused("archive-unreadable", new byte[0]);
  }

  /** Whatever bytes come, the answer is a tree or a problem. */
  @Test
  void damagedArchivesAreProblemsOrTrees() throws IOException {
    byte[] good = archive(tar -> file(tar, "parigot.toml", "name = \"shop\"".repeat(100)));
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length) + 1);
      for (int j = random.nextInt(4); j >= 0; j--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try (ArchiveTree tree = unpack(bad)) {
        for (SourceTree.Entry entry : tree.entries(10)) {
          assertThat(tree.read(entry)).hasSize((int) entry.size());
        }
      } catch (Problem expected) {
        assertThat(expected.status()).isBetween(400, 413);
      }
    }
  }

  private static void assertRefused(String type, byte[] archive) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> unpack(archive))
        .returns(type, Problem::type);
  }

  private static ArchiveTree unpack(byte[] archive) throws IOException {
    return ArchiveTree.unpack(new ByteArrayInputStream(archive));
  }

  private static byte[] archive(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      content.write(tar);
    }
    return bytes.toByteArray();
  }

  private static void file(TarArchiveOutputStream tar, String name, String text)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    byte[] bytes = text.getBytes(UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry(name));
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, byte kind) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName("parigot.toml");
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
