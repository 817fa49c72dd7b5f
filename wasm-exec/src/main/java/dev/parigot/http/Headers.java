package dev.parigot.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The header fields of one message, in their order. Names are compared without regard to case;
 * values are bytes, as ISO 8859-1 shows them.
 */
public record Headers(List<Field> fields) {
  public static final Headers NONE = new Headers(List.of());

  /** Those that mean the connection and not the message (RFC 9110, 7.6.1). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  public Headers {
    fields = List.copyOf(fields);
  }

  /** One field line. */
  public record Field(String name, String value) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /** Of names and values by turns. */
  public static Headers of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  public Optional<String> first(String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).findFirst();
  }

  public List<String> all(String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.is(name));
  }

  /** The elements of a list of tokens, over all lines, in lower case. */
  List<String> tokens(String name) {
    return all(name).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }

  /** With this value as the only one of its name. */
  public Headers with(String name, String value) {
    return without(name).and(name, value);
  }

  /** With one line more. */
  public Headers and(String name, String value) {
    return new Headers(Stream.concat(fields.stream(), Stream.of(new Field(name, value))).toList());
  }

  public Headers without(String name) {
    return having(field -> !field.is(name));
  }

  /** Without what means one connection only, such as {@code Connection} and what that names. */
  public Headers withoutHopByHop() {
    Set<String> hop = new HashSet<>(HOP_BY_HOP);
    hop.addAll(tokens("connection"));
    return having(field -> !hop.contains(field.name.toLowerCase(Locale.ROOT)));
  }

  private Headers having(Predicate<Field> condition) {
    return new Headers(fields.stream().filter(condition).toList());
  }
}
