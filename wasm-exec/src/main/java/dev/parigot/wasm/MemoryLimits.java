package dev.parigot.wasm;

import java.util.ArrayList;
import java.util.List;

/** An edit that writes a maximum into every memory and table that a module defines. */
public final class MemoryLimits {
  /** In bytes. */
  public static final int PAGE = 1 << 16;

  /** The most elements of all tables together. */
  public static final long TABLE_CEILING = 1 << 20;

  private MemoryLimits() {}

  /** What became of the edit. */
  public sealed interface Outcome {
    /** The module with its new maximums. */
    record Capped(WasmModule module) implements Outcome {}

    /** What a section declares begins with more than it may have; the reason says how much. */
    record TooBig(SectionId section, String reason) implements Outcome {}
  }

  /**
   * Lets the memories of a module grow to {@code maxBytes} in all; several share evenly what their
   * minimums leave. Its tables share {@value #TABLE_CEILING} elements in the same way. A maximum
   * that the module declares itself stands if it is lower.
   */
  public static Outcome cap(WasmModule module, long maxBytes) {
    long most = maxBytes / PAGE;
    long minimum = 0;
    for (ExternalType.OfMemory memory : module.memories()) {
      minimum += memory.limits().minimum();
    }
    if (minimum > most) {
      return new Outcome.TooBig(
          SectionId.MEMORY,
          "the module begins with " + mib(minimum) + " of memory, but may have " + mib(most));
    }
    long elements = 0;
    for (ExternalType.OfTable table : module.tables()) {
      elements += table.limits().minimum();
    }
    if (elements > TABLE_CEILING) {
      return new Outcome.TooBig(
          SectionId.TABLE,
          "its tables begin with " + elements + " elements, but may have " + TABLE_CEILING);
    }
    long share = (most - minimum) / Math.max(1, module.memories().size());
    long tableShare = (TABLE_CEILING - elements) / Math.max(1, module.tables().size());
    return new Outcome.Capped(capped(module, share, tableShare));
  }

  private static WasmModule capped(WasmModule module, long share, long tableShare) {
    List<ExternalType.OfMemory> memories = new ArrayList<>();
    for (ExternalType.OfMemory memory : module.memories()) {
      long most = memory.limits().minimum() + share;
      memories.add(memory.withLimits(lowered(memory.limits(), most)));
    }
    List<ExternalType.OfTable> tables = new ArrayList<>();
    for (ExternalType.OfTable table : module.tables()) {
      Limits limits = lowered(table.limits(), table.limits().minimum() + tableShare);
      tables.add(new ExternalType.OfTable(table.element(), limits));
    }
    return new ModuleEditor(module).tables(tables).memories(memories).edited();
  }

  private static Limits lowered(Limits limits, long most) {
    Long declared = limits.maximum();
    return declared != null && declared <= most ? limits : limits.withMaximum(most);
  }

  private static String mib(long pages) {
    return pages % 16 == 0 ? pages / 16 + " MiB" : pages * 64 + " KiB";
  }
}
