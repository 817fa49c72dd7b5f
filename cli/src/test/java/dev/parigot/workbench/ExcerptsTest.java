package dev.parigot.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptsTest {
  @TempDir Path outside;
  private Path app;
  private Excerpts excerpts;

  @BeforeEach
  void writeSources() throws IOException {
    app = Files.createDirectories(outside.resolve("app"));
    Files.createDirectories(app.resolve("cart/build"));
    Files.createDirectories(app.resolve("cart/src"));
    Files.writeString(app.resolve("cart/src/cart.ts"), "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    Files.writeString(app.resolve("stock.c"), "only\n");
    Files.writeString(outside.resolve("secret.c"), "secret\n");
    excerpts = new Excerpts(app, Map.of("cart", "cart/build/cart.wasm", "stock", "stock.wasm"));
  }

  @Test
  void someLinesAroundThePlaceAreShown() {
    assertThat(excerpts.around(Frame.of("  at add (src/cart.ts:5)"), "cart"))
        .contains(new Excerpts.Excerpt(2, 5, List.of("2", "3", "4", "5", "6", "7", "8")));
    assertThat(excerpts.around(Frame.of("  at add (src/cart.ts:9) (3 times)"), "cart"))
        .contains(new Excerpts.Excerpt(6, 9, List.of("6", "7", "8", "9")));
  }

  @Test
  void aFrameOfAWoundStackNamesItsService() {
    assertThat(excerpts.around(Frame.of("  at stock.take (stock.c:1)"), "cart")).isPresent();
    assertThat(excerpts.around(Frame.of("  at cart.src (src/cart.ts:1)"), "stock")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  at stock.take",
        "  at stock.take (gone.c:1)",
        "  at stock.take (stock.c:2)",
        "  at stock.take (stock.c:99999999999)",
        "  at stock.take (../secret.c:1)",
        "  at cart.add (../../../secret.c:1)",
        "  at stock.take (ABSOLUTE:1)",
        "  at stock.take (link.c:1)",
        "  at stock.take (cart:1)"
      })
  void whatIsNotInTheAppsFolderIsNot(String line) throws IOException {
    Files.createSymbolicLink(app.resolve("link.c"), outside.resolve("secret.c"));
    String secret = outside.resolve("secret.c").toString();
    assertThat(excerpts.around(Frame.of(line.replace("ABSOLUTE", secret)), "stock")).isEmpty();
  }
}
