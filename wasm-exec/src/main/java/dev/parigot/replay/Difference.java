package dev.parigot.replay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How a body differs from what was recorded, for people. */
final class Difference {
  private static final int MOST_LINES = 12;
  private static final int CONTEXT = 2;
  private static final int LONGEST_LINE = 200;
  private static final int BYTES = 16;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Difference() {}

  /** Lines; none if there is none. JSON is compared as it is written, and told line by line. */
  static List<String> of(byte[] recorded, byte[] now) {
    if (Arrays.equals(recorded, now)) {
      return List.of();
    }
    String before = text(recorded);
    String after = text(now);
    if (before == null || after == null) {
      return bytes(recorded, now);
    }
    List<String> old = laidOut(before);
    List<String> found = laidOut(after);
    if (old.equals(found)) {
      old = before.lines().toList();
      found = after.lines().toList();
    }
    return old.equals(found) ? bytes(recorded, now) : lines(old, found);
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static List<String> laidOut(String text) {
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return text.lines().toList();
    }
    try {
      return JSON.writeValueAsString(JSON.readTree(text)).lines().toList();
    } catch (JacksonException e) {
      return text.lines().toList();
    }
  }

  /** What is between the lines that both begin with and those that both end with. */
  private static List<String> lines(List<String> old, List<String> now) {
    int shorter = Math.min(old.size(), now.size());
    int first = 0;
    while (first < shorter && old.get(first).equals(now.get(first))) {
      first++;
    }
    int last = 0;
    while (last < shorter - first
        && old.get(old.size() - 1 - last).equals(now.get(now.size() - 1 - last))) {
      last++;
    }
    List<String> told = new ArrayList<>();
    old.subList(Math.max(0, first - CONTEXT), first).forEach(line -> told.add("  " + cut(line)));
    add(told, "- ", old.subList(first, old.size() - last));
    add(told, "+ ", now.subList(first, now.size() - last));
    old.subList(old.size() - last, Math.min(old.size(), old.size() - last + CONTEXT))
        .forEach(line -> told.add("  " + cut(line)));
    return told;
  }

  private static void add(List<String> told, String mark, List<String> lines) {
    lines.stream().limit(MOST_LINES).forEach(line -> told.add(mark + cut(line)));
    if (lines.size() > MOST_LINES) {
      told.add(mark + "and " + (lines.size() - MOST_LINES) + " more lines");
    }
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …";
  }

  private static List<String> bytes(byte[] recorded, byte[] now) {
    int at = Arrays.mismatch(recorded, now);
    return List.of(
        "- " + recorded.length + " bytes, from the " + (at + 1) + ". on: " + hex(recorded, at),
        "+ " + now.length + " bytes, from the " + (at + 1) + ". on: " + hex(now, at));
  }

  private static String hex(byte[] bytes, int from) {
    int end = Math.min(bytes.length, from + BYTES);
    return HexFormat.ofDelimiter(" ").formatHex(bytes, Math.min(from, end), end)
        + (end < bytes.length ? " …" : "");
  }
}
