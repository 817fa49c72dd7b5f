package dev.parigot.web.api;

import java.util.Map;

/** A request whose fields are wrong in a way that only the code can tell. */
final class InvalidFields extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Map<String, String> fields;

  /**
   * @param fields what is wrong, by name
   */
  InvalidFields(Map<String, String> fields) {
    super("invalid: " + fields.keySet());
    this.fields = Map.copyOf(fields);
  }

  Map<String, String> fields() {
    return fields;
  }
}
