package dev.parigot.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of {@code sdk/abi/conformance}; the README there says what each part means. */
record ConformanceSuite(String about, Map<String, Service> services, List<Case> cases) {
  private static final Path FOLDER = Path.of("../sdk/abi/conformance");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  record Service(String wasm, @Nullable Integer timeoutMs, @Nullable String refused) {}

  record Case(
      @com.fasterxml.jackson.annotation.JsonProperty("case") String name,
      @Nullable Map<String, Service> services,
      @Nullable Map<String, JsonNode> config,
      @Nullable List<List<JsonNode>> kv,
      @Nullable List<Call> calls,
      @Nullable List<String> hostCalls,
      @Nullable List<List<JsonNode>> kvAfter,
      @Nullable List<Log> logs) {}

  record Call(
      String call,
      @Nullable JsonNode request,
      @Nullable JsonNode response,
      @Nullable Failure error) {
    String service() {
      return call.substring(0, call.indexOf('.'));
    }

    String method() {
      return call.substring(call.indexOf('.') + 1);
    }
  }

  record Failure(long code, @Nullable String text, @Nullable String pattern) {}

  record Log(String service, int level, String message) {}

  /** The names of all suites. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConformanceSuite read(String name) {
    return JSON.readValue(FOLDER.resolve(name + ".json").toFile(), ConformanceSuite.class);
  }

  static byte[] module(String file) {
    try {
      return Files.readAllBytes(FOLDER.resolve("modules").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /** The bytes that a suite writes as {@code notation}. */
  static byte[] bytes(@Nullable JsonNode notation) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (notation != null) {
      append(notation, out);
    }
    return out.toByteArray();
  }

  private static void append(JsonNode notation, ByteArrayOutputStream out) {
    if (notation.isString()) {
      out.writeBytes(notation.stringValue().getBytes(StandardCharsets.UTF_8));
    } else if (notation.isArray()) {
      notation.forEach(part -> append(part, out));
    } else if (notation.has("hex")) {
      out.writeBytes(java.util.HexFormat.of().parseHex(notation.get("hex").stringValue()));
    } else if (notation.has("u32")) {
      notation.get("u32").forEach(number -> out.writeBytes(littleEndian(4, number.longValue())));
    } else if (notation.has("u64")) {
      notation
          .get("u64")
          .forEach(number -> out.writeBytes(littleEndian(8, Long.parseLong(number.stringValue()))));
    } else if (notation.has("repeat")) {
      String repeated = notation.get("repeat").stringValue();
      append(JSON.valueToTree(repeated.repeat(notation.get("times").intValue())), out);
    } else {
      throw new IllegalArgumentException("No notation of bytes: " + notation);
    }
  }

  private static byte[] littleEndian(int length, long value) {
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return java.util.Arrays.copyOf(bytes, length);
  }
}
