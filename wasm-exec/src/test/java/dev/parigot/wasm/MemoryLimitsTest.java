package dev.parigot.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
  private static final long MIB = 1 << 20;

  @Test
  void writesAMaximumIntoAMemoryAndATable() {
    WasmModule capped = capped(module(List.of(new Limits(1, null)), 10, null), 64 * MIB);

    assertThat(capped.memories()).containsExactly(new ExternalType.OfMemory(new Limits(1, 1024L)));
    assertThat(capped.tables())
        .containsExactly(new ExternalType.OfTable(ValueType.FUNCREF, new Limits(10, 1L << 20)));
    assertThat(WasmReader.read(WasmWriter.write(capped))).isEqualTo(capped);
  }

  @Test
  void lowersADeclaredMaximumAndKeepsALowerOne() {
    assertThat(capped(module(List.of(new Limits(1, 65536L)), 1, 2L), MIB).memories())
        .containsExactly(new ExternalType.OfMemory(new Limits(1, 16L)));
    WasmModule low = module(List.of(new Limits(1, 2L)), 1, 2L);
    assertThat(capped(low, MIB)).isEqualTo(low);
  }

  @Test
  void severalMemoriesGrowToTheLimitInAllAndNoFurther() {
    List<ExternalType.OfMemory> memories =
        capped(module(List.of(new Limits(1, null), new Limits(5, null)), 1, null), MIB).memories();

    assertThat(memories.stream().mapToLong(MemoryLimitsTest::maximum).sum()).isEqualTo(16);
  }

  @Test
  void severalTablesShareOneBound() {
    var table = new ExternalType.OfTable(ValueType.FUNCREF, new Limits(10, null));
    WasmModule three =
        new ModuleEditor(module(List.of(), 0, null)).tables(List.of(table, table, table)).edited();

    assertThat(
            capped(three, MIB).tables().stream()
                .map(each -> each.limits().maximum())
                .mapToLong(most -> most == null ? Long.MAX_VALUE : most)
                .sum())
        .isBetween(MemoryLimits.TABLE_CEILING - 3, MemoryLimits.TABLE_CEILING);
  }

  @Test
  void refusesAModuleThatBeginsWithTooMuch() {
    assertThat(MemoryLimits.cap(module(List.of(new Limits(17, null)), 1, null), MIB))
        .isEqualTo(
            new MemoryLimits.Outcome.TooBig(
                SectionId.MEMORY, "the module begins with 1088 KiB of memory, but may have 1 MiB"));
    assertThat(MemoryLimits.cap(module(List.of(), 2_000_000, null), MIB))
        .isInstanceOf(MemoryLimits.Outcome.TooBig.class);
  }

  private static long maximum(ExternalType.OfMemory memory) {
    Long maximum = memory.limits().maximum();
    return maximum == null ? Long.MAX_VALUE : maximum;
  }

  private static WasmModule capped(WasmModule module, long bytes) {
    return switch (MemoryLimits.cap(module, bytes)) {
      case MemoryLimits.Outcome.Capped capped -> capped.module();
      case MemoryLimits.Outcome.TooBig tooBig -> throw new AssertionError(tooBig.reason());
    };
  }

  private static WasmModule module(List<Limits> memories, long table, @Nullable Long tableMost) {
    return new WasmModule(
        List.of(),
        List.of(),
        List.of(),
        List.of(new ExternalType.OfTable(ValueType.FUNCREF, new Limits(table, tableMost))),
        memories.stream().map(ExternalType.OfMemory::new).toList(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        false,
        List.of());
  }
}
