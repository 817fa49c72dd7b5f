package dev.parigot.web.testing;

import dev.parigot.web.ParigotApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application on a free port, with a data folder of its own. */
public final class Running implements AutoCloseable {
  private static final String SIGN_UPS = "--parigot.sign-ups-per-hour=";

  /** All tests sign up from one address. */
  private static final int PLENTY = 100_000;

  private static final AtomicInteger ACCOUNTS = new AtomicInteger();
  private static @Nullable Running shared;

  private final ConfigurableApplicationContext context;
  private final int port;

  private Running(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** One for all tests that share nothing but the process; it ends with the JVM. */
  public static synchronized Running shared() {
    if (shared == null) {
      shared = with();
    }
    return shared;
  }

  /** One of its own, with these settings beside the usual ones. */
  public static Running with(String... settings) {
    try {
      return on(Files.createTempDirectory("parigot-test"), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One on that data folder. */
  public static Running on(Path data, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--parigot.data=" + data));
    if (Arrays.stream(settings).noneMatch(each -> each.startsWith(SIGN_UPS))) {
      arguments.add(SIGN_UPS + PLENTY);
    }
    arguments.addAll(List.of(settings));
    return new Running(
        new SpringApplication(ParigotApplication.class).run(arguments.toArray(String[]::new)));
  }

  /** A part of it, for what can't be seen from outside. */
  public <T> T part(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public int port() {
    return port;
  }

  /** A client without an account. */
  public Client stranger() {
    return new Client(port, null);
  }

  /** A client of a new account, by access token. */
  public Client account() {
    String email = "account" + ACCOUNTS.incrementAndGet() + "@example.org";
    stranger()
        .post(
            "accounts",
            """
            {"email": "%s", "password": "%s", "name": "Somebody"}
            """
                .formatted(email, Client.PASSWORD))
        .mustBe(201);
    String token =
        stranger()
            .basic(email, Client.PASSWORD)
            .post("tokens", "{\"name\": \"test\"}")
            .mustBe(201)
            .json()
            .get("token")
            .stringValue();
    return new Client(port, "Bearer " + token, email);
  }

  @Override
  public void close() {
    context.close();
  }
}
