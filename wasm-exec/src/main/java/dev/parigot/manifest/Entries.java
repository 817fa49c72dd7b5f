package dev.parigot.manifest;

import dev.parigot.contract.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of a manifest while it is read. Keeps the keys that it was asked for, so that those
 * nobody asks for can be told as mistakes.
 */
final class Entries {
  private final String path;
  private final String name;
  private final TomlTable table;
  private final Mistakes mistakes;
  private final Set<String> asked = new LinkedHashSet<>();
  private final TomlPosition place;

  /** The manifest itself. */
  Entries(TomlTable table, Mistakes mistakes) {
    this("", "", table, TomlPosition.positionAt(1, 1), mistakes);
  }

  private Entries(
      String path, String name, TomlTable table, TomlPosition place, Mistakes mistakes) {
    this.path = path;
    this.name = name;
    this.table = table;
    this.place = place;
    this.mistakes = mistakes;
  }

  /** A value that was read, and where it stands. */
  record Located<T>(T value, TomlPosition at) {}

  TomlPosition place() {
    return place;
  }

  int line() {
    return place.line();
  }

  /** Every key, in the order of the file. */
  List<String> keys() {
    return table.keySet().stream().sorted(this::byPlace).toList();
  }

  private int byPlace(String a, String b) {
    TomlPosition left = at(a);
    TomlPosition right = at(b);
    return left.line() != right.line()
        ? Integer.compare(left.line(), right.line())
        : Integer.compare(left.column(), right.column());
  }

  TomlPosition at(String key) {
    TomlPosition at = table.inputPositionOf(List.of(key));
    return at == null ? place : at;
  }

  @Nullable Object value(String key) {
    asked.add(key);
    return table.get(List.of(key));
  }

  @Nullable Located<String> text(String key) {
    return typed(key, String.class, "a string in quotes");
  }

  @Nullable Located<String> requiredText(String key) {
    if (value(key) == null) {
      mistakes.add(place, named() + " lacks `" + key + "`.", "");
      return null;
    }
    return text(key);
  }

  int integer(String key, int least, int most, int otherwise) {
    Located<Long> number = typed(key, Long.class, "a whole number");
    if (number == null) {
      return otherwise;
    }
    if (number.value < least || number.value > most) {
      mistakes.add(
          number.at,
          shown(key) + " is " + number.value + ".",
          "Expected " + least + " to " + most + ".");
      return otherwise;
    }
    return number.value.intValue();
  }

  boolean flag(String key, boolean otherwise) {
    Located<Boolean> flag = typed(key, Boolean.class, "true or false");
    return flag == null ? otherwise : flag.value;
  }

  /** The strings of an array; null if it is absent or no array. */
  @Nullable List<Located<String>> texts(String key) {
    Located<TomlArray> array = typed(key, TomlArray.class, "an array of strings");
    if (array == null) {
      return null;
    }
    List<Located<String>> texts = new ArrayList<>();
    for (int i = 0; i < array.value.size(); i++) {
      TomlPosition at = array.value.inputPositionOf(i);
      if (array.value.get(i) instanceof String text) {
        texts.add(new Located<>(text, at));
      } else {
        mistakes.add(at, shown(key) + " holds something that is no string.", "");
      }
    }
    return texts;
  }

  @Nullable Entries table(String key) {
    Located<TomlTable> inner = typed(key, TomlTable.class, "a table");
    return inner == null ? null : new Entries(join(key), key, inner.value, inner.at, mistakes);
  }

  /** The tables within a table, such as those of all services; none if it is absent. */
  List<Entries> tables(String key) {
    Entries outer = table(key);
    if (outer == null) {
      return List.of();
    }
    List<Entries> tables = new ArrayList<>();
    for (String name : outer.keys()) {
      Entries inner = outer.table(name);
      if (inner != null) {
        tables.add(inner);
      }
    }
    return tables;
  }

  /** Its key in the table around it. */
  String name() {
    return name;
  }

  <T> @Nullable Located<T> typed(String key, Class<T> type, String expected) {
    Object value = value(key);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      mistakes.add(at(key), shown(key) + " is " + kind(value) + ".", "Expected " + expected + ".");
      return null;
    }
    return new Located<>(type.cast(value), at(key));
  }

  /** Tells the keys that nobody asked for. */
  void refuseOthers() {
    for (String key : keys()) {
      if (!asked.contains(key)) {
        boolean isTable = table.get(List.of(key)) instanceof TomlTable;
        mistakes.add(
            at(key),
            isTable ? "[" + join(key) + "] is unknown." : shown(key) + " is unknown.",
            Nearest.hint(key, asked));
      }
    }
  }

  void mistake(TomlPosition at, String what, String next) {
    mistakes.add(at, what, next);
  }

  String shown(String key) {
    return "`" + join(key) + "`";
  }

  private String named() {
    return path.isEmpty() ? "The manifest" : "[" + path + "]";
  }

  private String join(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String kind(Object value) {
    return switch (value) {
      case String _ -> "a string";
      case Long _ -> "a whole number";
      case Double _ -> "a number with a fraction";
      case Boolean _ -> "a boolean";
      case TomlArray _ -> "an array";
      case TomlTable _ -> "a table";
      default -> "a date or time";
    };
  }
}
