package dev.parigot.channel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A message that was published to a channel. Its bytes are nobody's to change. */
public final class Message {
  private final String origin;
  private final long number;
  private final Position position;
  private final Instant at;
  private final byte[] content;
  private byte @Nullable [] event;

  /**
   * @param origin the process that it was published in
   * @param number of it there
   * @param position of who has heard it
   */
  Message(String origin, long number, Position position, Instant at, byte[] content) {
    this.origin = origin;
    this.number = number;
    this.position = position;
    this.at = at;
    this.content = content;
  }

  String origin() {
    return origin;
  }

  /** Its place among the messages of the process that it was published in: 1, 2, … */
  public long number() {
    return number;
  }

  /** The id of its event. */
  public String id() {
    return position.toString();
  }

  public Instant at() {
    return at;
  }

  public byte[] content() {
    return content;
  }

  /** As a server-sent event; made once for all who listen. */
  synchronized byte[] event() {
    byte[] made = event;
    if (made == null) {
      made = encode();
      event = made;
    }
    return made;
  }

  private byte[] encode() {
    StringBuilder text = new StringBuilder(content.length + 64);
    text.append("id: ").append(position).append('\n');
    String data;
    try {
      data = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      text.append("event: base64\n");
      data = Base64.getEncoder().encodeToString(content);
    }
    // Each way to end a line ends a field: who reads gets all of them as \n.
    for (String line : data.split("\r\n|[\r\n]", -1)) {
      text.append("data: ").append(line).append('\n');
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }
}
