package dev.parigot.web.api;

import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.channel.Broadcast;
import dev.parigot.channel.Listener;
import dev.parigot.channel.Message;
import dev.parigot.fleet.Fleet;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.problem.Problem;
import dev.parigot.relay.AppChannels;
import dev.parigot.relay.ChannelStatus;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/apps/{app}/channels")
@Tag(name = "Channels")
class ChannelsController {
  @Schema(name = "Channel")
  record Told(
      @Schema(
              description =
                  "One that ends in a star stands for every name that begins so; those of them that are in use are listed too.",
              example = "orders")
          String name,
      @Schema(description = "Who may listen: everyone, signed-in or nobody.", example = "everyone")
          String audience,
      @Schema(description = "Those who listen now, at the node that answers.") int listeners,
      @Schema(description = "Messages in the last 60 seconds.") int perMinute) {
    static Told of(ChannelStatus channel) {
      return new Told(
          channel.name(), word(channel.audience()), channel.listeners(), channel.lastMinute());
    }
  }

  @Schema(name = "ChannelMessage")
  record Published(
      @Schema(description = "The id of its event.", example = "k3f9a1.17") String id,
      Instant at,
      @Schema(description = "What it says; null if it is no UTF-8.", nullable = true)
          @Nullable String text,
      @Schema(description = "Its bytes, if it is no UTF-8.", nullable = true)
          @Nullable String base64) {
    static Published of(Message message) {
      byte[] content = message.content();
      try {
        String text =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        return new Published(message.id(), message.at(), text, null);
      } catch (CharacterCodingException e) {
        String base64 = Base64.getEncoder().encodeToString(content);
        return new Published(message.id(), message.at(), null, base64);
      }
    }
  }

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Apps apps;
  private final Fleet fleet;
  private final AppChannels channels;
  private final JsonMapper json;

  ChannelsController(Apps apps, Fleet fleet, AppChannels channels, JsonMapper json) {
    this.apps = apps;
    this.fleet = fleet;
    this.channels = channels;
    this.json = json;
  }

  @GetMapping
  @Operation(
      summary = "List the channels by name",
      description = "Those of the live release, and those that are in use.")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    AppId app = apps.require(who.account().id(), name).id();
    List<ChannelStatus> found =
        channels.status(app, rules(app)).stream()
            .filter(channel -> channel.name().compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    return Listing.of(found, limit, ChannelStatus::name, Told::of);
  }

  @GetMapping(path = "/{name}", params = "follow!=true")
  @Operation(
      summary = "Read the last messages of a channel, the oldest first",
      description = "What is kept: 100 messages, for two minutes.")
  Listing<Published> messages(
      @PathVariable("app") String app,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn who) {
    AppId id = apps.require(who.account().id(), app).id();
    return new Listing<>(channels.of(id).messages(name).stream().map(Published::of).toList(), null);
  }

  @GetMapping(path = "/{name}", params = "follow=true")
  @Operation(
      summary = "Follow a channel, as server-sent events",
      description =
          "The messages that are kept and then each one as it is published, as `data`, whoever else may listen; Last-Event-ID resumes. A comment is sent every 15 seconds. Who follows counts as a listener.")
  void follow(
      @PathVariable("app") String app,
      @PathVariable String name,
      @RequestHeader(name = "Last-Event-ID", defaultValue = Broadcast.HEARD_NOTHING) String last,
      @AuthenticationPrincipal SignedIn who,
      HttpServletResponse response)
      throws IOException {
    AppId id = apps.require(who.account().id(), app).id();
    channels.check(rules(id), name);
    Listener listener =
        channels
            .listen(id, name, last)
            .orElseThrow(() ->
                Problem.user(
                    429,
                    "too-many-listeners",
                    "Too many listen to channels of this app.",
                    "Try again when some have gone."));
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    try (listener) {
      listener.copyTo(response.getOutputStream(), HEARTBEAT, this::event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] event(Message message) {
    String data = json.writeValueAsString(Published.of(message));
    return ("id: " + message.id() + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  @PostMapping(path = "/{name}", consumes = MediaType.ALL_VALUE)
  @Operation(
      summary = "Publish a message",
      description = "The body is the message, 64 KiB at most, whatever its type.")
  Published publish(
      @PathVariable("app") String app,
      @PathVariable String name,
      @RequestBody(required = false) byte @Nullable [] body,
      @AuthenticationPrincipal SignedIn who) {
    AppId id = apps.require(who.account().id(), app).id();
    byte[] message = body == null ? new byte[0] : body;
    return Published.of(channels.publish(id, rules(id), name, message));
  }

  private ChannelRules rules(AppId app) {
    return fleet
        .active(app)
        .map(release -> release.contents().channels())
        .orElse(ChannelRules.NONE);
  }

  private static String word(Audience audience) {
    return audience.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
