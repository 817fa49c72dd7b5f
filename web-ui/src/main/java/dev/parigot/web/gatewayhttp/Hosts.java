package dev.parigot.web.gatewayhttp;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells from a request's host whom it is for. */
final class Hosts {
  /** Whom a host stands for. */
  sealed interface Destination {
    /** The console, the API and the git remote. */
    record Console() implements Destination {}

    /** The production of an app. The name is not checked. */
    record Production(String app) implements Destination {}

    /** A demo. The label is not checked. */
    record Demo(String label) implements Destination {}

    /** A branch of an app. The label, which names both, is not checked. */
    record Staging(String label) implements Destination {}

    /** Nobody. */
    record Nobody() implements Destination {}
  }

  private static final String DEMO = "--demo";

  private final String suffix;
  private final Set<String> console;

  /**
   * @param appsDomain such as {@code localhost}
   * @param console the console's own host names
   */
  Hosts(String appsDomain, Collection<String> console) {
    this.suffix = "." + normal(appsDomain);
    this.console = console.stream().map(Hosts::normal).collect(Collectors.toUnmodifiableSet());
  }

  /** Whom the host, which may have a port, stands for. */
  Destination of(String host) {
    String name = normal(host);
    if (console.contains(name)) {
      return new Destination.Console();
    }
    if (!name.endsWith(suffix)) {
      return new Destination.Nobody();
    }
    String label = name.substring(0, name.length() - suffix.length());
    if (label.isEmpty() || label.indexOf('.') >= 0) {
      return new Destination.Nobody();
    }
    if (label.endsWith(DEMO)) {
      return new Destination.Demo(label.substring(0, label.length() - DEMO.length()));
    }
    return label.contains("--")
        ? new Destination.Staging(label)
        : new Destination.Production(label);
  }

  /** In lower case, without port and the root's dot. */
  static String normal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf(']')) {
      name = name.substring(0, colon);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
