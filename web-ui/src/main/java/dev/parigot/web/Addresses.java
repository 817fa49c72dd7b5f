package dev.parigot.web;

import dev.parigot.app.AppName;
import dev.parigot.demo.Demo;
import java.net.URI;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Where users find the platform and their apps. All without a slash at the end but app's own. */
public final class Addresses {
  private final @Nullable URI publicUrl;
  private final String appsDomain;
  private final IntSupplier port;

  /**
   * @param port that the platform listens on, known once it does
   */
  public Addresses(@Nullable URI publicUrl, String appsDomain, IntSupplier port) {
    this.publicUrl = publicUrl;
    this.appsDomain = appsDomain.toLowerCase(Locale.ROOT);
    this.port = port;
  }

  /** The console, such as {@code http://localhost:8080}. */
  public String console() {
    if (publicUrl == null) {
      return "http://localhost:" + port.getAsInt();
    }
    return publicUrl.toString().replaceFirst("/+$", "");
  }

  /** The app's page of the console. */
  public String console(AppName app) {
    return console() + "/apps/" + app;
  }

  /** The app's git remote, which is one for all its branches. */
  public String git(AppName app) {
    return console() + "/git/" + app.production() + ".git";
  }

  /**
   * The app itself, such as {@code http://shop.localhost:8080/}, or {@code
   * http://feature--shop.localhost:8080/} by its name in staging.
   */
  public String of(AppName app) {
    return ofApps(app.value());
  }

  /** A demo, such as {@code http://k3…--demo.localhost:8080/}. */
  public String demo(Demo demo) {
    return ofApps(demo.label() + "--demo");
  }

  /** The page about a test that failed in a run. */
  public String failure(AppName app, long run, String test) {
    return console(app) + "/tests/" + run + "/" + test;
  }

  /**
   * A failure that is shared, such as {@code http://5f3a…--demo.localhost:8080/}.
   *
   * @param label as {@code SharedFailures} gives it
   */
  public String sharedFailure(String label) {
    return ofApps(label + "--demo");
  }

  private String ofApps(String label) {
    URI console = URI.create(console());
    String suffix = console.getPort() < 0 ? "" : ":" + console.getPort();
    return console.getScheme() + "://" + label + "." + appsDomain + suffix + "/";
  }
}
