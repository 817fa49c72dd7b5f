package dev.parigot.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a source map (ECMA-426): a JSON file beside the module, which a custom section names. The
 * "generated" text has one line there, and its columns are offsets in the module's file. Maps of
 * several parts ({@code sections}) are not read; no compiler writes them for WASM.
 */
final class SourceMap {
  private static final String SECTION = "sourceMappingURL";

  private SourceMap() {}

  /**
   * Lines by the offset in the file from which on they hold; empty if there are none.
   *
   * @param beside reads a file by its path, relative to the module's; empty if it is not there
   */
  static Optional<NavigableMap<Long, Optional<SourceLine>>> read(
      byte[] file, Function<String, Optional<byte[]>> beside) {
    Sections sections = Sections.of(file);
    ByteBuffer section = sections.customs().get(SECTION);
    if (section == null) {
      return Optional.empty();
    }
    try {
      byte[] url = new byte[(int) Sections.unsigned(section)];
      section.get(url);
      String name = new String(url, StandardCharsets.UTF_8);
      return named(name, beside)
          .map(map -> lines(map, name, sections))
          .filter(lines -> !lines.isEmpty());
    } catch (BufferUnderflowException | NegativeArraySizeException | URISyntaxException e) {
      // A custom section can't make a module invalid; there is nothing to tell then.
      return Optional.empty();
    }
  }

  /** A map within the module itself, or in a file; none is fetched. */
  private static Optional<byte[]> named(String url, Function<String, Optional<byte[]>> beside)
      throws URISyntaxException {
    if (url.startsWith("data:")) {
      int comma = url.indexOf(";base64,");
      return comma < 0 ? Optional.empty() : decoded(url.substring(comma + ";base64,".length()));
    }
    URI place = new URI(url);
    String path = place.getPath();
    return place.isAbsolute() || place.getAuthority() != null || path == null || path.isEmpty()
        ? Optional.empty()
        : beside.apply(path);
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static NavigableMap<Long, Optional<SourceLine>> lines(
      byte[] map, String url, Sections sections) {
    NavigableMap<Long, Optional<SourceLine>> lines = new TreeMap<>();
    try {
      JsonNode json = JsonMapper.shared().readTree(map);
      String root = root(json.path("sourceRoot").asString(""), url);
      List<@Nullable String> names = new ArrayList<>();
      for (JsonNode source : json.path("sources")) {
        names.add(source.isString() ? under(root, source.asString()) : null);
      }
      new Mappings(json.path("mappings").asString(""), names, lines).read();
    } catch (JacksonException | IllegalArgumentException e) {
      // What stands ahead of the break is as good as it was: it only tells people where to look.
    }
    if (!lines.isEmpty()) {
      // What the map says of a function's end does not hold for the next one.
      sections.functions().forEach(start -> lines.putIfAbsent(start, Optional.empty()));
    }
    return lines;
  }

  /**
   * The folder that sources lie under. AssemblyScript names one after the module, which is only
   * there to tell modules apart in a browser.
   */
  private static String root(String told, String url) {
    String module = url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\.wasm\\.map$", "");
    return told.equals("./" + module) ? "" : told;
  }

  private static String under(String root, String name) {
    return root.isEmpty() ? name : root.endsWith("/") ? root + name : root + "/" + name;
  }

  /**
   * The list of mappings: segments between commas, each of 1, 4 or 5 numbers, which all are
   * differences from those before.
   */
  private static final class Mappings {
    private static final int CONTINUES = 0x20;
    private static final int DIGIT_BITS = 5;
    private static final String DIGITS =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final String text;
    private final List<@Nullable String> names;
    private final NavigableMap<Long, Optional<SourceLine>> lines;
    private int at;

    Mappings(
        String text, List<@Nullable String> names, NavigableMap<Long, Optional<SourceLine>> lines) {
      this.text = text;
      this.names = names;
      this.lines = lines;
    }

    /** Of the one line that a module has. */
    void read() {
      long offset = 0;
      long source = 0;
      long line = 0;
      while (at < text.length() && text.charAt(at) != ';') {
        if (text.charAt(at) == ',') {
          at++;
          continue;
        }
        offset += number();
        if (atEnd()) {
          lines.put(offset, Optional.empty());
          continue;
        }
        source += number();
        line += number();
        number(); // the column
        if (!atEnd()) {
          number(); // the name
        }
        lines.put(offset, place(source, line));
      }
    }

    private boolean atEnd() {
      return at == text.length() || text.charAt(at) == ',' || text.charAt(at) == ';';
    }

    private Optional<SourceLine> place(long source, long line) {
      String name = source >= 0 && source < names.size() ? names.get((int) source) : null;
      return name == null || line < 0 || line >= Integer.MAX_VALUE
          ? Optional.empty()
          : Optional.of(new SourceLine(name, (int) line + 1));
    }

    /** A base64 VLQ: five bits a digit, the lowest first, of which the very first is the sign. */
    private long number() {
      long value = 0;
      for (int shift = 0; ; shift += DIGIT_BITS) {
        int digit = atEnd() ? -1 : DIGITS.indexOf(text.charAt(at++));
        if (digit < 0 || shift > Integer.SIZE) {
          throw new IllegalArgumentException("no number of a source map");
        }
        value |= (long) (digit & (CONTINUES - 1)) << shift;
        if ((digit & CONTINUES) == 0) {
          return (value & 1) == 0 ? value >> 1 : -(value >> 1);
        }
      }
    }
  }
}
