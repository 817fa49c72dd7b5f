package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.channel.Broadcast;
import dev.parigot.engine.Limits;
import dev.parigot.keyvalue.KeyValues;
import dev.parigot.manifest.ChannelRules;
import dev.parigot.queue.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The numbers of {@code docs/limits-and-errors.md} are those of the code. */
class DocumentedLimitsTest {
  private static final FleetSettings FLEET = FleetSettings.DEFAULT;

  @Test
  void limitsAreDocumentedAsTheyAre() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "limits-and-errors.md"));
    says(lines, "request, response of a call", mebibytes(Limits.MESSAGE_BYTES) + " each");
    says(lines, "stack of a call", mebibytes(Limits.STACK_BYTES) + ":");
    says(lines, "linear memory of an instance", mebibytes(Limits.DEFAULT.memoryBytes()) + " |");
    says(lines, "time to start an instance", Limits.DEFAULT.start().toSeconds() + " s |");
    says(lines, "memory of all instances", (Share.INSTANCE_BYTES >> 10) + " KiB for itself");
    says(lines, "calls of an app from outside", FLEET.callsPerApp() + ";");
    says(lines, "calls that wait for an instance", FLEET.waitingPerService() + ";");
    says(lines, "started calls (`parigot:async`)", FLEET.startedCalls() + ";");
    says(lines, "started calls of an app that wait", number(FLEET.startedWaiting()) + ";");
    says(lines, "requests of started calls that wait", mebibytes(Lane.MOST_HELD_BYTES) + ";");
    says(lines, "messages that are delivered at once", FLEET.deliveries() + " of an app");
    says(lines, "rest before a message", FLEET.rest().toSeconds() + " s,");
    says(
        lines,
        "messages that wait in the queues",
        number(Messages.MOST_WAITING) + ", and " + mebibytes(Messages.MOST_WAITING_BYTES) + ";");
    says(
        lines,
        "dead messages",
        number(Messages.MOST_DEAD) + ", and " + mebibytes(Messages.MOST_DEAD_BYTES) + " |");
    says(lines, "a message to a channel", (ChannelRules.MESSAGE_BYTES >> 10) + " KiB;");
    says(lines, "listeners to the channels", number(Broadcast.MOST_LISTENERS) + ";");
    says(
        lines,
        "messages of a channel that are kept",
        Broadcast.KEPT + ", for " + Broadcast.KEPT_FOR.toMinutes() + " minutes");
    says(lines, "keys and values of an app", mebibytes(KeyValues.MOST_BYTES) + ";");
  }

  private static void says(List<String> lines, String of, String limit) {
    List<String> rows = lines.stream().filter(line -> line.startsWith("| " + of)).toList();
    assertThat(rows).as(of).singleElement().asString().contains(limit);
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
