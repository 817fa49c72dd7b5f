package dev.parigot.cli;

import dev.parigot.timing.StrategyKind;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a strategy. */
final class StrategyName implements ITypeConverter<StrategyKind> {
  @Override
  public StrategyKind convert(String name) {
    return Arrays.stream(StrategyKind.values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "there is no \""
                    + name
                    + "\"; there are "
                    + Arrays.toString(StrategyKind.values())));
  }
}
