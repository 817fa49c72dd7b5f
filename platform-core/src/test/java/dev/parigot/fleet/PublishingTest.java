package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.channel.Listener;
import dev.parigot.channel.Message;
import dev.parigot.engine.CallOutcome;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.manifest.Manifest;
import dev.parigot.release.Release;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What services in production publish. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class PublishingTest {
  private static final ChannelRules OPEN = new ChannelRules(Map.of("orders", Audience.EVERYONE));

  private TestPlatform platform;

  @BeforeAll
  void open(@TempDir Path folder) {
    platform = new TestPlatform(folder);
  }

  @AfterAll
  void close() {
    platform.close();
  }

  @Test
  void whatAServicePublishesIsToldToWhoListens() {
    launch(OPEN);
    Listener listener = listen();
    tell("tea");
    tell("more tea");
    assertThat(kept()).endsWith("tea", "more tea");
    listener.close();
  }

  @Test
  void aChannelThatTheLiveReleaseDoesNotHaveIsA404() {
    launch(ChannelRules.NONE);
    CallOutcome outcome = platform.fleet.call(platform.app.id(), "clerk", "tell", new byte[0]);
    assertThat(outcome).isInstanceOf(CallOutcome.Failed.class);
    assertThat(outcome.code()).isEqualTo(404);
    assertThat(((CallOutcome.Failed) outcome).message()).contains("[channels.orders]");
  }

  /** The same instances go on: which channels there are is a matter of the release. */
  @Test
  void aReleaseThatClosesAChannelCutsOffWhoListens() throws Exception {
    launch(OPEN);
    Listener open = listen();
    launch(OPEN);
    tell("still heard");
    launch(new ChannelRules(Map.of("orders", Audience.NOBODY)));
    tell("not heard");

    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    open.copyTo(heard, Duration.ofSeconds(15));
    assertThat(heard.toString(StandardCharsets.UTF_8)).doesNotContain("not heard");
    open.close();
  }

  @Test
  void anAppThatIsStoppedLetsGoOfItsListeners() throws Exception {
    launch(OPEN);
    Listener listener = listen();
    platform.fleet.stop(platform.app.id());
    listener.copyTo(new ByteArrayOutputStream(), Duration.ofSeconds(15));
    listener.close();
  }

  private void launch(ChannelRules rules) {
    platform.launch(
        platform.release(
            new Release.Contents(
                List.of(platform.service("clerk", "telling")),
                Map.of(),
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                rules,
                List.of(),
                null,
                null,
                Map.of(),
                Manifest.SignIn.DEFAULT)));
  }

  private void tell(String text) {
    assertThat(platform.returned("clerk", "tell", text)).isEmpty();
  }

  private Listener listen() {
    return platform.channels.listen(platform.app.id(), "orders", null).orElseThrow();
  }

  private List<String> kept() {
    return platform.channels.of(platform.app.id()).messages("orders").stream()
        .map(Message::content)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .toList();
  }
}
