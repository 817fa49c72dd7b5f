package dev.parigot.host;

/** Ends the guest's call from inside an import. */
public abstract sealed class GuestStop extends RuntimeException {
  private GuestStop(String message) {
    // The guest's stack is kept among the suppressed exceptions; the host's says nothing.
    super(message, null, true, false);
  }

  /** The guest broke the ABI: a pointer outside its memory, for one. */
  public static final class Trap extends GuestStop {
    public Trap(String message) {
      super(message);
    }
  }

  /** The guest called {@code proc_exit}. */
  public static final class Exit extends GuestStop {
    private final int status;

    public Exit(int status) {
      super("proc_exit(" + status + ")");
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  /** The call's deadline passed while the guest waited in an import. */
  public static final class Overdue extends GuestStop {
    public Overdue() {
      super("deadline passed");
    }
  }

  /** The instance was closed while the guest waited in an import. */
  public static final class Cancelled extends GuestStop {
    public Cancelled() {
      super("instance closed");
    }
  }
}
