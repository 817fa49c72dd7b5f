package dev.parigot.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.situation.User;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The steps that the browser runtime is held to as well. */
class SignInTableTest {
  private static final JsonNode TABLE =
      JsonMapper.shared().readTree(Path.of("src/test/resources/gateway/sign-in.json").toFile());
  private static final String ORIGIN = "http://shop.localhost:8090";

  private final SignIn signIn =
      new SignIn(
          new Offer(
              TABLE.get("app").stringValue(),
              true,
              List.of(new Offer.Way("google", "Google", false))),
          new InMemory(),
          new Nobody());
  private @Nullable String session;

  @TestFactory
  Stream<DynamicTest> theAddressesAnswerByTheTable() {
    return StreamSupport.stream(TABLE.get("steps").spliterator(), false)
        .map(each -> dynamicTest(each.get("case").stringValue(), () -> check(each)));
  }

  private void check(JsonNode wanted) {
    GatewayRequest request = request(wanted);
    if (!SignIn.isFor(request)) {
      GatewayRequest known = signIn.known(request);
      assertThat(known.headers().get("cookie")).containsExactly("theme=dark");
      if (wanted.get("claims").isNull()) {
        assertThat(known.user()).isNull();
      } else {
        assertThat(known.user())
            .extracting(User::claims)
            .asString()
            .contains(wanted.get("claims").stringValue());
      }
      return;
    }
    GatewayResponse answer = signIn.answer(request);
    answer
        .headers()
        .first("Set-Cookie")
        .ifPresent(set ->
            session = set.contains(" Max-Age=0;") ? null : set.substring(0, set.indexOf(';')));
    assertThat(answer.status()).isEqualTo(wanted.get("status").intValue());
    for (Map.Entry<String, JsonNode> each : wanted.path("headers").properties()) {
      assertThat(answer.headers().first(each.getKey())).contains(each.getValue().stringValue());
    }
    if (wanted.has("has")) {
      assertThat(new String(answer.body(), UTF_8)).contains(wanted.get("has").stringValue());
    }
  }

  private GatewayRequest request(JsonNode wanted) {
    String[] line = wanted.get("request").stringValue().split(" ", 2);
    String[] target = line[1].split("\\?", 2);
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("cookie", List.of(session == null ? "theme=dark" : "theme=dark; " + session));
    headers.put("origin", List.of(ORIGIN));
    if (wanted.has("type")) {
      headers.put("content-type", List.of(wanted.get("type").stringValue()));
    }
    return new GatewayRequest(
        line[0],
        target[0],
        target.length > 1 ? target[1] : "",
        headers,
        wanted.path("body").stringValue("").getBytes(UTF_8),
        "127.0.0.1",
        ORIGIN,
        null);
  }

  /** Users that end with the test, whose passwords are kept as they are. */
  private static final class InMemory implements Directory {
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, User> users = new HashMap<>();
    private final Map<String, String> sessions = new HashMap<>();

    @Override
    public Outcome signUp(Credentials credentials, String name, String remoteAddress) {
      String email = credentials.email().strip().toLowerCase(Locale.ROOT);
      if (!email.contains("@")) {
        return refused(400, "email-invalid");
      }
      if (credentials.password().length() < 8) {
        return refused(400, "password-invalid");
      }
      if (users.containsKey(email)) {
        return refused(409, "email-taken");
      }
      passwords.put(email, credentials.password());
      users.put(
          email,
          new User(
              email,
              "{\"id\":\"%s\",\"email\":\"%s\",\"email_verified\":false,\"name\":\"%s\",\"provider\":\"password\"}"
                  .formatted(email, email, name)));
      return begin(email);
    }

    @Override
    public Outcome signIn(Credentials credentials, String remoteAddress) {
      return credentials.password().equals(passwords.get(credentials.email()))
          ? begin(credentials.email())
          : refused(401, "credentials-wrong");
    }

    private Outcome begin(String email) {
      String token = "token-" + sessions.size();
      sessions.put(token, email);
      return new Outcome.SignedIn(token, Objects.requireNonNull(users.get(email)));
    }

    @Override
    public void signOut(String token) {
      sessions.put(token, "");
    }

    @Override
    public Optional<User> user(String token) {
      return Optional.ofNullable(sessions.get(token))
          .flatMap(email -> Optional.ofNullable(users.get(email)));
    }

    private static Outcome refused(int status, String type) {
      return new Outcome.Refused(status, type, "No.", "Else.");
    }
  }

  private static final class Nobody implements Providers {
    private static final Directory.Outcome.Refused NOT_HERE =
        new Directory.Outcome.Refused(404, "provider-not-here", "No.", "Else.");

    @Override
    public Departure depart(String provider, String callback) {
      return new Departure.No(NOT_HERE);
    }

    @Override
    public Directory.Outcome arrive(
        String provider, String callback, Map<String, String> parameters, String kept) {
      return NOT_HERE;
    }
  }
}
