package dev.parigot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Running;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why the platform can't start, in one line. */
class StartTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path data;

  @Test
  void aDataFolderInUseIsTheReasonEvenIfThePortIsTakenToo() {
    try (Running first = Running.on(data)) {
      int exit = start("--server.port=" + first.port(), "--parigot.data=" + data);

      assertThat(exit).isEqualTo(3);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .hasLineCount(1)
          .contains("in use by another platform")
          .contains(data.toString());
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int exit = start("--server.port=" + taken.getLocalPort(), "--parigot.data=" + data);

      assertThat(exit).isEqualTo(3);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .hasLineCount(1)
          .contains("port " + taken.getLocalPort() + " is in use");
    }
  }

  @Test
  void aRangeOfAddressesThatIsNoneIsNamed() {
    int exit =
        start(
            "--server.port=0",
            "--parigot.data=" + data,
            "--parigot.allow-interpreter=true",
            "--parigot.outbound-private=localhost,10.0.0.0/x");

    assertThat(exit).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .hasLineCount(1)
        .contains("parigot.outbound-private: 10.0.0.0/x is no host");
  }

  @Test
  void whatNobodyForesawIsToldByItsCauseWithoutAStack() {
    assertThat(
            Start.reason(new IllegalStateException("outer", new RuntimeException("inner\nmore"))))
        .startsWith("inner;")
        .doesNotContain("\n");
  }

  private int start(String... arguments) {
    return Start.run(arguments, System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
