package dev.parigot.contract;

import dev.parigot.wasm.FunctionType;
import dev.parigot.wasm.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The functions that modules may import, as {@code sdk/abi/abi.toml} has them. */
public final class Abi {
  public static final String SERVICE = "parigot:service/";
  public static final String ASYNC = "parigot:async/";
  public static final String WASI = "wasi_snapshot_preview1";

  private static final Abi INSTANCE = load();

  private final List<AbiFunction> functions;

  private Abi(List<AbiFunction> functions) {
    this.functions = List.copyOf(functions);
  }

  /** The table. */
  public static Abi table() {
    return INSTANCE;
  }

  public List<AbiFunction> functions() {
    return functions;
  }

  /** The names of the import modules, as the table has them. */
  List<String> modules() {
    return functions.stream().map(AbiFunction::module).distinct().toList();
  }

  /** The functions of an import module; none if there is no such module. */
  List<AbiFunction> of(String module) {
    String entry = entry(module);
    return functions.stream().filter(each -> each.module().equals(entry)).toList();
  }

  Optional<AbiFunction> find(String module, String name) {
    return of(module).stream()
        .filter(each -> each.name().equals(name) || each.name().equals("*"))
        .findFirst();
  }

  /** The name under which the table has an import module: calls of all services are one entry. */
  private static String entry(String module) {
    if (module.startsWith(SERVICE)) {
      return SERVICE + "*";
    }
    return module.startsWith(ASYNC) ? ASYNC + "*" : module;
  }

  private static Abi load() {
    try (InputStream in = Objects.requireNonNull(Abi.class.getResourceAsStream("abi.toml"))) {
      TomlParseResult toml = Toml.parse(in);
      if (toml.hasErrors()) {
        throw new IllegalStateException("abi.toml: " + toml.errors());
      }
      List<AbiFunction> functions = new ArrayList<>();
      TomlArray entries = Objects.requireNonNull(toml.getArray("function"));
      for (int i = 0; i < entries.size(); i++) {
        functions.add(function(entries.getTable(i)));
      }
      return new Abi(functions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AbiFunction function(TomlTable entry) {
    List<String> params = texts(entry, "params");
    return new AbiFunction(
        text(entry, "module"),
        text(entry, "name"),
        new FunctionType(
            params.stream().map(each -> type(each.substring(each.indexOf(' ') + 1))).toList(),
            texts(entry, "results").stream().map(Abi::type).toList()),
        params.stream().map(each -> each.substring(0, each.indexOf(' '))).toList(),
        texts(entry, "to"),
        text(entry, "doc"));
  }

  private static ValueType type(String name) {
    return ValueType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static String text(TomlTable entry, String key) {
    return Objects.requireNonNull(entry.getString(key), key);
  }

  private static List<String> texts(TomlTable entry, String key) {
    return Objects.requireNonNull(entry.getArray(key), key).toList().stream()
        .map(String.class::cast)
        .toList();
  }
}
