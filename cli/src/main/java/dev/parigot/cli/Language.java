package dev.parigot.cli;

import dev.parigot.contract.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A language that has an SDK. */
enum Language {
  C("C"),
  RUST("Rust"),
  ASSEMBLYSCRIPT("AssemblyScript"),
  GO("Go");

  private final String title;

  Language(String title) {
    this.title = title;
  }

  /** As people write it. */
  String title() {
    return title;
  }

  /** As the command and the folders of the SDKs write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads an option, and tells the nearest language of one that is unknown. */
  static final class Converter implements ITypeConverter<Language> {
    @Override
    public Language convert(String word) {
      return Arrays.stream(values())
          .filter(language -> language.word().equals(word.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "\"" + word + "\" has no SDK. " + Nearest.hint(word, words())));
    }

    private static List<String> words() {
      return Arrays.stream(values()).map(Language::word).toList();
    }
  }
}
