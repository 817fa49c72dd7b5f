package dev.parigot.gateway;

/**
 * Tells whether bytes are one JSON value in UTF-8 (RFC 8259). It is asked about every response of a
 * method, mostly to be told no or a plain yes: so it allocates nothing, and throws nothing.
 */
final class JsonCheck {
  /** Deeper nesting counts as no JSON: what reads it would have to give up, too. */
  static final int MOST_NESTED = 1000;

  private static final String WHITESPACE = " \t\n\r";
  private static final String ESCAPED = "\"\\/bfnrt";
  private static final int HEX_DIGITS = 4;

  private final byte[] bytes;
  private int at;

  private JsonCheck(byte[] bytes) {
    this.bytes = bytes;
  }

  static boolean isJson(byte[] bytes) {
    JsonCheck check = new JsonCheck(bytes);
    return check.value(0) && check.at == bytes.length;
  }

  /** Passes over a value with the whitespace around it; false if there is none. */
  private boolean value(int nested) {
    skipWhitespace();
    boolean valid =
        switch (peek()) {
          case '{' -> nested < MOST_NESTED && object(nested + 1);
          case '[' -> nested < MOST_NESTED && array(nested + 1);
          case '"' -> string();
          case 't' -> literal("true");
          case 'f' -> literal("false");
          case 'n' -> literal("null");
          default -> number();
        };
    skipWhitespace();
    return valid;
  }

  private boolean object(int nested) {
    at++;
    skipWhitespace();
    if (take('}')) {
      return true;
    }
    do {
      skipWhitespace();
      if (peek() != '"' || !string()) {
        return false;
      }
      skipWhitespace();
      if (!take(':') || !value(nested)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean array(int nested) {
    at++;
    skipWhitespace();
    if (take(']')) {
      return true;
    }
    do {
      if (!value(nested)) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  private boolean string() {
    at++;
    while (at < bytes.length) {
      int next = bytes[at++];
      if (next == '"') {
        return true;
      }
      boolean valid = next < 0 ? continued(next & 0xff) : next >= ' ' && (next != '\\' || escape());
      if (!valid) {
        return false;
      }
    }
    return false;
  }

  private boolean escape() {
    if (!take('u')) {
      return takeOneOf(ESCAPED);
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      if (Character.digit(peek(), 16) < 0) {
        return false;
      }
      at++;
    }
    return true;
  }

  /** The rest of a character of several bytes (RFC 3629): none overlong, and no surrogates. */
  private boolean continued(int first) {
    if (first >= 0xc2 && first <= 0xdf) {
      return continuation(0x80, 0xbf);
    }
    if (first >= 0xe0 && first <= 0xef) {
      return continuation(first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf)
          && continuation(0x80, 0xbf);
    }
    return first >= 0xf0
        && first <= 0xf4
        && continuation(first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf)
        && continuation(0x80, 0xbf)
        && continuation(0x80, 0xbf);
  }

  private boolean continuation(int from, int to) {
    int next = at < bytes.length ? bytes[at++] & 0xff : -1;
    return next >= from && next <= to;
  }

  private boolean number() {
    take('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (takeOneOf("eE")) {
      takeOneOf("+-");
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int begin = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at > begin;
  }

  private boolean literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!take(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private void skipWhitespace() {
    while (takeOneOf(WHITESPACE)) {
      // goes on
    }
  }

  private boolean take(char wanted) {
    boolean is = peek() == wanted;
    at += is ? 1 : 0;
    return is;
  }

  private boolean takeOneOf(String wanted) {
    boolean is = peek() >= 0 && wanted.indexOf(peek()) >= 0;
    at += is ? 1 : 0;
    return is;
  }

  /** The next byte, signed; -1, which begins nothing, at the end. */
  private int peek() {
    return at < bytes.length ? bytes[at] : -1;
  }
}
