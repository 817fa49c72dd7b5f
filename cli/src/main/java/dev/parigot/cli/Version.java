package dev.parigot.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this command, which is that of the platform it was built with. */
final class Version implements IVersionProvider {
  static final String OWN = read();

  @Override
  public String[] getVersion() {
    return new String[] {"parigot " + OWN};
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
