package dev.parigot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final StringWriter printed = new StringWriter();

  private Terminal terminal(boolean coloured) {
    return new Terminal(new PrintWriter(printed), coloured, () -> LocalTime.of(9, 5, 7));
  }

  @Test
  void aLineTellsWhenWhoAndWhat() {
    Terminal terminal = terminal(false);
    terminal.log("cart", 2, "added\n");
    terminal.log("cart", 4, "two\nlines");
    terminal.request("GET", "/", 200, 1_240_000);

    assertThat(printed.toString())
        .isEqualTo(
            """
            09:05:07 cart     added
            09:05:07 cart     error two
                              lines
            09:05:07 http     GET / 200 in 1.2 ms
            """);
  }

  @Test
  void eachServiceHasItsColour() {
    Terminal terminal = terminal(true);
    terminal.log("cart", 2, "a");
    terminal.log("stock", 2, "b");
    terminal.log("cart", 4, "c");

    assertThat(printed.toString().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).contains("\u001b[36mcart"),
            line -> assertThat(line).contains("\u001b[35mstock"),
            line -> assertThat(line).contains("\u001b[36mcart", "\u001b[31merror c"));
  }

  @Test
  void coloursAreForTerminalsWhoseOwnerWantsThem() {
    assertThat(Terminal.isColoured(Map.of(), true)).isTrue();
    assertThat(Terminal.isColoured(Map.of(), false)).isFalse();
    assertThat(Terminal.isColoured(Map.of("NO_COLOR", "1"), true)).isFalse();
    assertThat(Terminal.isColoured(Map.of("TERM", "dumb"), true)).isFalse();
  }
}
