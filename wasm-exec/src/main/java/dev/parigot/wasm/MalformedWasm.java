package dev.parigot.wasm;

/** Bytes that are no WASM module, or none that the engine can run: where, and why. */
public final class MalformedWasm extends RuntimeException {
  private final transient Place place;
  private final String reason;
  private final String next;

  public MalformedWasm(long offset, String reason) {
    this(offset, reason, "");
  }

  /**
   * With what to do about it.
   *
   * @param next whole sentences
   */
  public MalformedWasm(long offset, String reason, String next) {
    this(new Place("", offset), reason, next);
  }

  private MalformedWasm(Place place, String reason, String next) {
    super(place + ": " + reason + (next.isEmpty() ? "" : ". " + next));
    this.place = place;
    this.reason = reason;
    this.next = next;
  }

  /** The same, told to be in that section. */
  MalformedWasm in(String section) {
    return new MalformedWasm(new Place(section, place.offset()), reason, next);
  }

  /** The same, told to be in the code of that function. */
  MalformedWasm within(String function) {
    return new MalformedWasm(place, "in function `" + function + "`: " + reason, next);
  }

  /** Where in the file. */
  public Place place() {
    return place;
  }

  /** In bytes from the start of the file. */
  public long offset() {
    return place.offset();
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }

  /** What to do about it; empty if nothing but to build the module anew. */
  public String next() {
    return next;
  }
}
