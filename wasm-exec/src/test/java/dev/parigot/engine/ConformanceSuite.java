package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parigot.http.Headers;
import dev.parigot.http.HttpRequest;
import dev.parigot.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of {@code sdk/abi/conformance}; the README there says what each part means. */
record ConformanceSuite(
    String about,
    Map<String, Service> services,
    @Nullable Map<String, Queue> queues,
    @Nullable Map<String, String> schedules,
    @Nullable List<String> channels,
    List<Case> cases) {
  private static final Path FOLDER = Path.of("../sdk/abi/conformance");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final JsonMapper WRITER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              _ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
          .build();

  record Service(
      String wasm, @Nullable Integer timeoutMs, @Nullable String role, @Nullable String refused) {}

  record Queue(String deliver, @Nullable Integer attempts) {}

  record Outside(List<String> allow, List<Exchange> exchanges) {}

  record Exchange(Asked request, @Nullable JsonNode response, @Nullable String fails) {}

  /** A request that is expected. */
  record Asked(
      String method, String url, @Nullable Map<String, String> headers, @Nullable JsonNode body) {
    void check(HttpRequest request) {
      assertThat(request.method() + " " + request.target()).isEqualTo(method + " " + url);
      assertHeaders(request.headers(), headers);
      assertThat(request.body()).isEqualTo(bytes(body));
    }
  }

  /** An HTTP response that is expected, as far as it says. */
  record Answer(
      int status,
      @Nullable Map<String, @Nullable String> headers,
      @Nullable JsonNode body,
      @Nullable List<String> lines,
      @Nullable List<String> noLines) {
    void check(HttpResponse response) {
      String text = new String(response.body(), StandardCharsets.UTF_8);
      assertThat(response.status()).as(text).isEqualTo(status);
      assertHeaders(response.headers(), headers);
      if (body != null) {
        assertThat(response.body()).as(text).isEqualTo(bytes(body));
      }
      List<String> told = List.of(text.split("\n"));
      if (lines != null) {
        assertThat(told).containsAll(lines);
      }
      if (noLines != null) {
        noLines.forEach(start ->
            assertThat(told)
                .noneMatch(line -> line.regionMatches(true, 0, start, 0, start.length())));
      }
    }
  }

  private static void assertHeaders(
      Headers headers, @Nullable Map<String, @Nullable String> expected) {
    if (expected != null) {
      expected.forEach((name, value) -> {
        boolean type = name.equalsIgnoreCase("Content-Type");
        Optional<String> told =
            headers.first(name).map(each -> type ? each.split(";", 2)[0] : each);
        assertThat(told).as(name).isEqualTo(Optional.ofNullable(value));
      });
    }
  }

  /** What a case begins with. */
  record Setting(
      Map<String, Service> services,
      Map<String, String> config,
      Map<String, Queue> queues,
      Map<String, String> schedules,
      List<String> channels,
      @Nullable Outside outside) {
    Setting(Map<String, Service> services) {
      this(services, Map.of(), Map.of(), Map.of(), List.of(), null);
    }
  }

  Setting setting(Case wanted) {
    Map<String, String> config = new LinkedHashMap<>();
    orEmpty(wanted.config()).forEach((key, value) -> config.put(key, value.asString()));
    return new Setting(
        wanted.services() == null ? services : wanted.services(),
        config,
        orEmpty(wanted.queues() == null ? queues : wanted.queues()),
        orEmpty(wanted.schedules() == null ? schedules : wanted.schedules()),
        channels == null ? List.of() : channels,
        wanted.outside());
  }

  private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : map;
  }

  record Case(
      @com.fasterxml.jackson.annotation.JsonProperty("case") String name,
      @Nullable Map<String, Service> services,
      @Nullable String refused,
      @Nullable Map<String, JsonNode> config,
      @Nullable List<List<JsonNode>> kv,
      @Nullable Map<String, Queue> queues,
      @Nullable Map<String, String> schedules,
      @Nullable Outside outside,
      @Nullable List<Call> calls,
      @Nullable List<String> hostCalls,
      @Nullable List<List<JsonNode>> kvAfter,
      @Nullable List<Log> logs,
      @Nullable Wound wound) {}

  /** What takes the place of a case's own parts where its services are wound into one module. */
  record Wound(
      @Nullable Map<String, Service> services,
      @Nullable List<Call> calls,
      @Nullable List<String> hostCalls) {}

  /** The case as it is for a wound program: calls between services are no host calls there. */
  Case wound(Case wanted) {
    Wound instead = wanted.wound() == null ? new Wound(null, null, null) : wanted.wound();
    return new Case(
        wanted.name(),
        or(instead.services(), wanted.services()),
        wanted.refused(),
        wanted.config(),
        wanted.kv(),
        wanted.queues(),
        wanted.schedules(),
        wanted.outside(),
        or(instead.calls(), wanted.calls()),
        or(instead.hostCalls(), withoutServiceCalls(wanted.hostCalls())),
        wanted.kvAfter(),
        wanted.logs(),
        null);
  }

  private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }

  private static @Nullable List<String> withoutServiceCalls(@Nullable List<String> hostCalls) {
    return hostCalls == null
        ? null
        : hostCalls.stream().filter(call -> !call.startsWith("parigot:service/")).toList();
  }

  /** From outside: of a method, by {@code call}, or over HTTP, by {@code http}. */
  record Call(
      @Nullable String call,
      @Nullable String http,
      @Nullable JsonNode request,
      @Nullable JsonNode response,
      @Nullable Failure error) {
    String service() {
      return call == null ? String.valueOf(http) : call.substring(0, call.indexOf('.'));
    }

    String method() {
      return call == null ? "http" : call.substring(call.indexOf('.') + 1);
    }

    /** Of {@code http}. */
    Answer answer() {
      return answer(response);
    }

    static Answer answer(@Nullable JsonNode notation) {
      return JSON.treeToValue(notation, Answer.class);
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

  static JsonNode read(Path file) {
    return JSON.readTree(file.toFile());
  }

  static JsonNode tree(Object value) {
    return WRITER.valueToTree(value);
  }

  /** As the files have it. */
  String text() {
    return WRITER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
  }

  static byte[] module(String file) {
    return file(Path.of("modules", file));
  }

  static String readme() {
    return new String(file(Path.of("README.md")), StandardCharsets.UTF_8);
  }

  private static byte[] file(Path file) {
    try {
      return Files.readAllBytes(FOLDER.resolve(file));
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
