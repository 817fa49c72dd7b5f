package dev.parigot.keyvalue;

import dev.parigot.app.AppId;
import dev.parigot.situation.KeyValue;

/** The durable key-value stores of all apps, in the relational database. */
public final class KeyValues {
  /** The store of one app's production; every operation is atomic and durable when it returns. */
  public KeyValue of(AppId app) {
    throw new AssertionError("skeleton");
  }
}
