package dev.parigot.web.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a data folder is. */
class DataFolderTest {
  @TempDir Path folder;

  @Test
  void isOfOnePlatformAtATimeAndSaysWhose() {
    Path data = folder.resolve("not/yet/there");
    try (DataFolder _ = DataFolder.open(data)) {
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> DataFolder.open(data))
          .withMessageContaining(data.toString())
          .withMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataFolder.open(data).close();
  }

  @Test
  void thatCanNotBeAFolderIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> DataFolder.open(file.resolve("data")))
        .withMessageContaining("can't be used");
    assertThat(file).isEmptyFile();
  }
}
