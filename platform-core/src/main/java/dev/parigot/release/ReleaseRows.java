package dev.parigot.release;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.parigot.app.AppId;
import dev.parigot.database.GeneratedId;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.secret.Places;
import dev.parigot.secret.Seal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How a release lies in the table: its parts as JSON, its configuration encrypted. */
final class ReleaseRows {
  private static final TypeReference<List<ReleasedService>> SERVICES = new TypeReference<>() {};
  private static final TypeReference<Map<String, Release.SiteFile>> SITE = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> CONFIG = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> DIGESTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Release.Queue>> QUEUES = new TypeReference<>() {};
  private static final TypeReference<Map<String, Release.Cron>> CRON = new TypeReference<>() {};
  private static final TypeReference<Map<String, Audience>> CHANNELS = new TypeReference<>() {};
  private static final TypeReference<List<String>> HOSTS = new TypeReference<>() {};
  private static final TypeReference<Release.Changes> CHANGES = new TypeReference<>() {};
  private static final TypeReference<List<Release.Step>> STEPS = new TypeReference<>() {};

  private static final String PUSH = "PUSH";
  private static final String ROLLBACK = "ROLLBACK";
  private static final String RECONFIGURATION = "RECONFIGURATION";
  private static final String PROMOTION = "PROMOTION";
  private final JdbcClient jdbc;
  private final Seal seal;
  private final JsonMapper json =
      JsonMapper.builder()
          .changeDefaultVisibility(
              found -> found.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .build();

  ReleaseRows(JdbcClient jdbc, Seal seal) {
    this.jdbc = jdbc;
    this.seal = seal;
  }

  /** Adds a row and answers its id. */
  long insert(Release release, int number, Release.Changes changes) {
    @Nullable Integer rolledBackTo =
        release.origin() instanceof Release.Origin.Rollback rollback ? rollback.number() : null;
    Release.Origin.@Nullable Promotion promotion =
        release.origin() instanceof Release.Origin.Promotion found ? found : null;
    Seal.Sealed config =
        seal.close(
            json.writeValueAsString(release.config()),
            Places.release(release.app().value(), number));
    return GeneratedId.of(
        jdbc.sql(
                """
                INSERT INTO releases (app_id, number, state, origin, rolled_back_to, promoted_branch, promoted_number,
                  commit_id, made_by, made_at, services, site, site_service, config, seal_key, queues, cron, channels, outbound, manifest, starting_data, tests, sign_in, changes)
                VALUES (:app, :number, :state, :origin, :rolledBackTo, :promotedBranch, :promotedNumber,
                  :commit, :by, :at, :services, :site, :siteService, :config, :sealKey, :queues, :cron, :channels, :outbound, :manifest, :startingData, :tests, :signIn, :changes)
                """)
            .param("app", release.app().value())
            .param("number", number)
            .param("state", release.state().name())
            .param("origin", word(release.origin()))
            .param("rolledBackTo", rolledBackTo)
            .param("promotedBranch", promotion == null ? null : promotion.branch())
            .param("promotedNumber", promotion == null ? null : promotion.number())
            .param("commit", release.commit())
            .param("by", release.by())
            .param("at", at(release.at()))
            .param("services", json.writeValueAsString(release.services()))
            .param("site", json.writeValueAsString(release.site()))
            .param("siteService", release.siteService())
            .param("config", config.text())
            .param("sealKey", config.key())
            .param("queues", json.writeValueAsString(release.contents().queues()))
            .param("cron", json.writeValueAsString(release.contents().cron()))
            .param("channels", json.writeValueAsString(release.contents().channels().audiences()))
            .param("outbound", json.writeValueAsString(release.contents().outbound()))
            .param("manifest", release.contents().manifest())
            .param("startingData", release.contents().startingData())
            .param("tests", json.writeValueAsString(release.contents().tests()))
            .param("signIn", json.writeValueAsString(release.contents().signIn()))
            .param("changes", json.writeValueAsString(changes)));
  }

  Release release(ResultSet row, int rowNumber) throws SQLException {
    return new Release(
        row.getLong("id"),
        new AppId(row.getLong("app_id")),
        row.getInt("number"),
        Release.State.valueOf(row.getString("state")),
        origin(row),
        row.getString("commit_id"),
        row.getString("made_by"),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        row.getString("failure"),
        new Release.Contents(
            json.readValue(row.getString("services"), SERVICES),
            json.readValue(row.getString("site"), SITE),
            row.getString("site_service"),
            config(row),
            json.readValue(row.getString("queues"), QUEUES),
            json.readValue(row.getString("cron"), CRON),
            new ChannelRules(json.readValue(row.getString("channels"), CHANNELS)),
            json.readValue(row.getString("outbound"), HOSTS),
            row.getString("manifest"),
            row.getString("starting_data"),
            json.readValue(row.getString("tests"), DIGESTS),
            signIn(row.getString("sign_in"))),
        json.readValue(row.getString("changes"), CHANGES));
  }

  private Manifest.SignIn signIn(@Nullable String text) {
    return text == null ? Manifest.SignIn.DEFAULT : json.readValue(text, Manifest.SignIn.class);
  }

  List<Release.Step> steps(ResultSet row, int rowNumber) throws SQLException {
    return json.readValue(row.getString("steps"), STEPS);
  }

  String text(List<Release.Step> steps) {
    return json.writeValueAsString(steps);
  }

  private Map<String, String> config(ResultSet row) throws SQLException {
    Seal.Sealed sealed = new Seal.Sealed(row.getString("seal_key"), row.getString("config"));
    String place = Places.release(row.getLong("app_id"), row.getInt("number"));
    return json.readValue(seal.open(sealed, place), CONFIG);
  }

  private static String word(Release.Origin origin) {
    return switch (origin) {
      case Release.Origin.Push _ -> PUSH;
      case Release.Origin.Rollback _ -> ROLLBACK;
      case Release.Origin.Reconfiguration _ -> RECONFIGURATION;
      case Release.Origin.Promotion _ -> PROMOTION;
    };
  }

  private static Release.Origin origin(ResultSet row) throws SQLException {
    String word = row.getString("origin");
    return switch (word) {
      case PUSH -> new Release.Origin.Push();
      case ROLLBACK -> new Release.Origin.Rollback(row.getInt("rolled_back_to"));
      case RECONFIGURATION -> new Release.Origin.Reconfiguration();
      case PROMOTION ->
          new Release.Origin.Promotion(
              row.getString("promoted_branch"), row.getInt("promoted_number"));
      default -> throw new IllegalStateException("a release of the origin " + word);
    };
  }

  static OffsetDateTime at(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
