package dev.parigot.wasm;

/**
 * A place in a module's file, as errors tell it.
 *
 * @param section the section that it is in, such as {@code code section}; empty if it is in none
 * @param offset in bytes from the start of the file
 */
public record Place(String section, long offset) {
  public static Place in(SectionId section, long offset) {
    return new Place(section.title(), offset);
  }

  /** {@code code section, offset 0x1a2f}. */
  @Override
  public String toString() {
    return (section.isEmpty() ? "" : section + ", ") + "offset 0x" + Long.toHexString(offset);
  }
}
