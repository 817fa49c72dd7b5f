package dev.parigot.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Lists of bytes as the ABI has them: each after its length, a u32, little endian. */
final class ByteLists {
  private ByteLists() {}

  /** As many of the first ones as fit into so many bytes. */
  static byte[] encode(List<byte[]> items, int most) {
    int length = 0;
    int count = 0;
    for (byte[] item : items) {
      if (length + 4 + item.length > most) {
        break;
      }
      length += 4 + item.length;
      count++;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    items.subList(0, count).forEach(item -> bytes.putInt(item.length).put(item));
    return bytes.array();
  }
}
