package dev.parigot.user;

import dev.parigot.account.Email;
import dev.parigot.account.LoginThrottle;
import dev.parigot.account.Names;
import dev.parigot.account.Passwords;
import dev.parigot.account.Throttle;
import dev.parigot.app.AppId;
import dev.parigot.problem.Problem;
import dev.parigot.situation.User;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The users of all apps, and the proof of who one is. */
public final class Users {
  /** In an hour and from one network address, to all apps. */
  private static final int SIGN_UPS = 60;

  /** Who vouches for those who have a password here. */
  private static final String HERE = "parigot";

  private static final String COLUMNS =
      "id, provider, email, email_verified, name, blocked_at, created_at, last_seen_at";
  private static final int RANDOM_BYTES = 10;

  private final JdbcClient jdbc;
  private final PasswordEncoder passwords;
  private final Clock clock;
  private final SecureRandom random;
  private final Sessions sessions;
  private final LoginThrottle logins;
  private final Throttle signUps;
  private final Consumer<AppId> ended;
  private final String nobodysPassword;

  /**
   * @param ended is told of an app in which a session has been ended on this node
   */
  public Users(
      JdbcClient jdbc,
      PasswordEncoder passwords,
      Clock clock,
      SecureRandom random,
      Consumer<AppId> ended) {
    this.ended = ended;
    this.jdbc = jdbc;
    this.passwords = passwords;
    this.clock = clock;
    this.random = random;
    this.sessions = new Sessions(jdbc, random, clock);
    this.logins = new LoginThrottle(clock);
    this.signUps = new Throttle(clock, SIGN_UPS, Duration.ofHours(1).dividedBy(SIGN_UPS));
    this.nobodysPassword = encode("the password of no user");
  }

  /** A user who is signed in now, and what his browser keeps. */
  record SignedIn(String token, User user) {}

  /**
   * Makes a user and signs him in; a {@code Problem} if the e-mail is taken (409) or none, the
   * password has under 8 or over 256 characters, or too many come from one address (429). A blank
   * name becomes what is before the @. Nobody asks whether the e-mail is his.
   */
  SignedIn signUp(AppId app, String email, String password, String name, String remoteAddress) {
    Email checked = Email.of(email);
    Passwords.check(password);
    String shown =
        Names.check(name.isBlank() ? checked.localPart() : name, "name-invalid", "A name");
    OptionalLong wait = signUps.take(Throttle.network(remoteAddress));
    if (wait.isPresent()) {
      throw Problem.user(
          429,
          "too-many-sign-ups",
          "Too many have signed up from this address.",
          "Try again in " + wait.getAsLong() + " seconds.");
    }
    Identity identity =
        new Identity(
            AppUser.PASSWORD, HERE, checked.value(), checked.value(), false, shown, Map.of());
    try {
      return signedIn(app, insert(app, identity, encode(password)));
    } catch (DuplicateKeyException e) {
      throw Problem.user(
          409,
          "email-taken",
          "Somebody has signed up with that e-mail already.",
          "Sign in with it, or use another e-mail.");
    }
  }

  /**
   * Signs a user in by his password; a 401 {@code Problem} if it is wrong, a 403 if he is blocked.
   * Failures are counted by user and by remote address; too many are a 429 that says when to try
   * again.
   */
  SignedIn signIn(AppId app, String email, String password, String remoteAddress) {
    Optional<Email> address = Email.find(email);
    LoginThrottle.Attempt attempt =
        logins.begin(app.value() + " " + address.map(Email::value).orElse(""), remoteAddress);
    Optional<Login> login = address.flatMap(found -> login(app, HERE, found.value()));
    String known = login.map(Login::password).orElse(nobodysPassword);
    if (!passwords.matches(password, known) || login.isEmpty()) {
      throw Problem.user(
          401,
          "credentials-wrong",
          "The e-mail or the password is not right.",
          "Try again, or sign up.");
    }
    attempt.succeeded();
    return admitted(app, login.get());
  }

  /**
   * Signs a user in for whom somebody vouches, and makes him one the first time. What is said of
   * him is kept as it is now. Nobody is taken for another user with the same e-mail.
   */
  SignedIn vouchedFor(AppId app, Identity identity) {
    Optional<Login> known = login(app, identity.issuer(), identity.subject());
    if (known.isEmpty()) {
      try {
        return signedIn(app, insert(app, identity, null));
      } catch (DuplicateKeyException e) {
        // He has come twice at once.
        return admitted(app, login(app, identity.issuer(), identity.subject()).orElseThrow());
      }
    }
    update(known.get().id(), identity);
    return admitted(app, known.get());
  }

  private record Login(String id, @Nullable String password, boolean blocked) {}

  private Optional<Login> login(AppId app, String issuer, String subject) {
    return jdbc.sql(
            """
            SELECT id, password, blocked_at FROM app_users
            WHERE app_id = :app AND issuer = :issuer AND subject = :subject
            """)
        .param("app", app.value())
        .param("issuer", issuer)
        .param("subject", subject)
        .query((row, _) ->
            new Login(
                row.getString("id"),
                row.getString("password"),
                row.getObject("blocked_at", OffsetDateTime.class) != null))
        .optional();
  }

  private SignedIn admitted(AppId app, Login login) {
    if (login.blocked()) {
      throw Problem.user(
          403, "user-blocked", "This user is blocked.", "Ask those who run the app.");
    }
    return signedIn(app, login.id());
  }

  private SignedIn signedIn(AppId app, String id) {
    String token = sessions.begin(id);
    User user =
        sessions
            .user(app, token)
            .orElseThrow(() -> Problem.notFound("The user is removed or blocked."));
    return new SignedIn(token, user);
  }

  private String insert(AppId app, Identity identity, @Nullable String password) {
    Instant now = clock.instant();
    String id = newId(now);
    jdbc.sql(
            """
            INSERT INTO app_users (id, app_id, provider, issuer, subject, email, email_verified, name, password, claims, created_at)
            VALUES (:id, :app, :provider, :issuer, :subject, :email, :verified, :name, :password, :claims, :now)
            """)
        .param("id", id)
        .param("app", app.value())
        .param("provider", identity.provider())
        .param("issuer", identity.issuer())
        .param("subject", identity.subject())
        .param("email", identity.email())
        .param("verified", identity.emailVerified())
        .param("name", identity.name())
        .param("password", password)
        .param("claims", Claims.kept(identity.claims()))
        .param("now", at(now))
        .update();
    return id;
  }

  private void update(String id, Identity identity) {
    jdbc.sql(
            """
            UPDATE app_users SET provider = :provider, email = :email, email_verified = :verified, name = :name, claims = :claims
            WHERE id = :id
            """)
        .param("provider", identity.provider())
        .param("email", identity.email())
        .param("verified", identity.emailVerified())
        .param("name", identity.name())
        .param("claims", Claims.kept(identity.claims()))
        .param("id", id)
        .update();
  }

  /** In the order in which they are made, to the millisecond; what follows can't be guessed. */
  private String newId(Instant now) {
    byte[] rest = new byte[RANDOM_BYTES];
    random.nextBytes(rest);
    return HexFormat.of().toHexDigits(now.toEpochMilli(), 12) + HexFormat.of().formatHex(rest);
  }

  /** Who is signed in to the app by that session. */
  Optional<User> user(AppId app, String token) {
    return sessions.user(app, token);
  }

  /** Ends a session, if it is one. */
  void signOut(AppId app, String token) {
    sessions.end(app, token);
    ended.accept(app);
  }

  /**
   * The users of an app, the newest first.
   *
   * @param search what their e-mail or name contains, in whatever case; empty for all
   * @param after those that come behind the user of that id; empty from the start
   */
  public List<AppUser> of(AppId app, String search, String after, int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + """
                 FROM app_users WHERE app_id = :app AND (:after = '' OR id < :after)
                  AND (LOWER(COALESCE(email, '')) LIKE :like ESCAPE '!' OR LOWER(name) LIKE :like ESCAPE '!')
                ORDER BY id DESC LIMIT :limit
                """)
        .param("app", app.value())
        .param("after", after)
        .param("like", containing(search))
        .param("limit", limit)
        .query((row, _) -> appUser(row))
        .list();
  }

  private static String containing(String search) {
    String plain =
        search
            .strip()
            .toLowerCase(Locale.ROOT)
            .replace("!", "!!")
            .replace("%", "!%")
            .replace("_", "!_");
    return "%" + plain + "%";
  }

  /** How many users an app has. */
  public long count(AppId app) {
    return jdbc.sql("SELECT COUNT(*) FROM app_users WHERE app_id = :app")
        .param("app", app.value())
        .query(Long.class)
        .single();
  }

  /** A user of the app; a 404 {@code Problem} if there is none of that id. */
  public AppUser require(AppId app, String id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM app_users WHERE app_id = :app AND id = :id")
        .param("app", app.value())
        .param("id", id)
        .query((row, _) -> appUser(row))
        .optional()
        .orElseThrow(() -> none(id));
  }

  /** The users of an app with that e-mail, one for each who vouches for it. */
  public List<AppUser> byEmail(AppId app, String email) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM app_users WHERE app_id = :app AND LOWER(email) = :email ORDER BY id")
        .param("app", app.value())
        .param("email", email.strip().toLowerCase(Locale.ROOT))
        .query((row, _) -> appUser(row))
        .list();
  }

  /** Blocks a user, whose sessions end at once, or lets him in again. */
  public AppUser setBlocked(AppId app, String id, boolean blocked) {
    AppUser user = require(app, id);
    if (blocked != user.blocked()) {
      jdbc.sql("UPDATE app_users SET blocked_at = :at WHERE id = :id")
          .param("at", blocked ? at(clock.instant()) : null)
          .param("id", id)
          .update();
    }
    if (blocked) {
      sessions.endAll(id);
      ended.accept(app);
    }
    return require(app, id);
  }

  /**
   * Removes a user and all that the platform has of him; what the app's services have stored is
   * theirs. Who signs up again is another one.
   */
  public void remove(AppId app, String id) {
    int removed =
        jdbc.sql("DELETE FROM app_users WHERE app_id = :app AND id = :id")
            .param("app", app.value())
            .param("id", id)
            .update();
    if (removed == 0) {
      throw none(id);
    }
    sessions.endAll(id);
    ended.accept(app);
  }

  /** Removes sessions that have ended; answers how many. */
  public int sweep() {
    return sessions.sweep();
  }

  private String encode(String password) {
    return Objects.requireNonNull(passwords.encode(password));
  }

  private static Problem none(String id) {
    return Problem.notFound("The app has no user " + id + ".");
  }

  private static AppUser appUser(ResultSet row) throws SQLException {
    return new AppUser(
        row.getString("id"),
        row.getString("provider"),
        row.getString("email"),
        row.getBoolean("email_verified"),
        row.getString("name"),
        instant(row.getObject("blocked_at", OffsetDateTime.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("last_seen_at", OffsetDateTime.class)));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
