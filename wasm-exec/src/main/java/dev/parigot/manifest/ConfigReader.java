package dev.parigot.manifest;

import dev.parigot.contract.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads the configuration values of a manifest. */
final class ConfigReader {
  private static final List<String> SITUATIONS =
      List.of("local", "test", "demo", "staging", "production");

  private final Mistakes mistakes;

  ConfigReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  Manifest.Config read(@Nullable Entries entry) {
    Map<String, String> defaults = new LinkedHashMap<>();
    Map<String, Map<String, String>> situations = new LinkedHashMap<>();
    if (entry != null) {
      for (String key : entry.keys()) {
        if (!(entry.value(key) instanceof TomlTable)) {
          value(entry, key, defaults);
        } else if (SITUATIONS.contains(key)) {
          situations.put(key, values(entry.table(key)));
        } else {
          mistakes.add(
              entry.at(key), "\"" + key + "\" is no situation.", Nearest.hint(key, SITUATIONS));
        }
      }
    }
    return new Manifest.Config(defaults, situations);
  }

  private Map<String, String> values(@Nullable Entries entry) {
    Map<String, String> values = new LinkedHashMap<>();
    if (entry != null) {
      entry.keys().forEach(key -> value(entry, key, values));
    }
    return values;
  }

  private void value(Entries entry, String key, Map<String, String> into) {
    Object value = entry.value(key);
    if (value == null) {
      return;
    }
    if (value instanceof TomlTable || value instanceof TomlArray) {
      mistakes.add(
          entry.at(key),
          entry.shown(key) + " is " + Entries.kind(value) + ".",
          "Expected a string, a number, a boolean, a date or a time.");
    } else if (!isName(key) || value.toString().indexOf('\0') >= 0) {
      mistakes.add(
          entry.at(key),
          entry.shown(key) + " can't be given to programs as their environment.",
          "Names are not empty and hold no `=`; names and values hold no NUL.");
    } else {
      into.put(key, value.toString());
    }
  }

  private static boolean isName(String key) {
    return !key.isEmpty() && key.indexOf('=') < 0 && key.indexOf('\0') < 0;
  }
}
