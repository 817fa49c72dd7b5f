package dev.parigot.engine;

import dev.parigot.wasm.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Value;

/**
 * The arguments and the results of a plain module's function as a JSON array. An i64 is a string of
 * decimals, as not every reader of JSON can hold one; NaN and the infinities are strings.
 */
final class NumberArray {
  private static final Pattern ELEMENT =
      Pattern.compile(
          "\\s*(?:\"([^\"\\\\]*)\"|(-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?))\\s*");
  private static final Pattern INTEGER = Pattern.compile("-?\\d+");
  private static final long UNSIGNED_INT_MOST = 0xffffffffL;

  /** An array that isn't one of such arguments; the message says why. */
  static final class Mismatch extends Exception {
    Mismatch(String message) {
      super(message);
    }
  }

  /** {@code text} is a number or the inside of a string, as {@code quoted} tells. */
  private record Element(String text, boolean quoted) {
    @Override
    public String toString() {
      return quoted ? '"' + text + '"' : text;
    }
  }

  private NumberArray() {}

  static Object[] read(String json, List<ValueType> types) throws Mismatch {
    List<Element> elements = elements(json);
    if (elements.size() != types.size()) {
      throw new Mismatch(elements.size() + " arguments instead of " + types.size());
    }
    Object[] values = new Object[types.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(elements.get(i), types.get(i), i + 1);
    }
    return values;
  }

  private static List<Element> elements(String json) throws Mismatch {
    String array = json.strip();
    if (!array.startsWith("[") || !array.endsWith("]") || array.length() < 2) {
      throw new Mismatch("the body is no JSON array");
    }
    String inside = array.substring(1, array.length() - 1);
    List<Element> elements = new ArrayList<>();
    if (inside.isBlank()) {
      return elements;
    }
    Matcher matcher = ELEMENT.matcher(inside);
    int at = 0;
    while (true) {
      if (!matcher.region(at, inside.length()).lookingAt()) {
        throw new Mismatch("argument " + (elements.size() + 1) + " is no number or string");
      }
      boolean quoted = matcher.group(1) != null;
      elements.add(new Element(quoted ? matcher.group(1) : matcher.group(2), quoted));
      at = matcher.end();
      if (at == inside.length()) {
        return elements;
      }
      if (inside.charAt(at++) != ',') {
        throw new Mismatch("a comma is missing after argument " + elements.size());
      }
    }
  }

  private static Object value(Element element, ValueType type, int position) throws Mismatch {
    try {
      return switch (type) {
        case I32 -> i32(element);
        case I64 -> i64(element);
        case F32 -> (float) f64(element);
        case F64 -> f64(element);
        default -> throw new IllegalArgumentException(type + " is no number");
      };
    } catch (NumberFormatException _) {
      throw new Mismatch("argument " + position + " is " + element + ", no " + type);
    }
  }

  private static int i32(Element element) {
    long value = Long.parseLong(element.text());
    if (element.quoted() || value < Integer.MIN_VALUE || value > UNSIGNED_INT_MOST) {
      throw new NumberFormatException();
    }
    return (int) value;
  }

  private static long i64(Element element) {
    if (!INTEGER.matcher(element.text()).matches()) {
      throw new NumberFormatException();
    }
    return element.text().startsWith("-")
        ? Long.parseLong(element.text())
        : Long.parseUnsignedLong(element.text());
  }

  private static double f64(Element element) {
    if (!element.quoted()) {
      return Double.parseDouble(element.text());
    }
    return switch (element.text()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException();
    };
  }

  static String write(List<Value> values, List<ValueType> types) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < types.size(); i++) {
      json.append(i == 0 ? "" : ",").append(text(values.get(i), types.get(i)));
    }
    return json.append(']').toString();
  }

  private static String text(Value value, ValueType type) {
    return switch (type) {
      case I32 -> Integer.toString(value.asInt());
      case I64 -> '"' + Long.toString(value.asLong()) + '"';
      case F32 -> finite(value.asDouble(), Float.toString(value.asFloat()));
      case F64 -> finite(value.asDouble(), Double.toString(value.asDouble()));
      default -> throw new IllegalArgumentException(type + " is no number");
    };
  }

  private static String finite(double value, String text) {
    return Double.isFinite(value) ? text : '"' + text + '"';
  }
}
