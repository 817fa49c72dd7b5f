package dev.parigot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Both before and after its code is compiled, which changes how large frames are. */
class StackRoomTest {
  private static final int ROUNDS = 200;

  @Test
  void aStackOfAHundredAndSixtyKibibytesHasTooLittleRoom() throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(hasRoom(160 << 10)).isFalse();
    }
  }

  @Test
  void aStackOfHalfAMebibyteHasEnough() throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(hasRoom(512 << 10)).isTrue();
    }
  }

  private static boolean hasRoom(int stack) throws InterruptedException {
    AtomicBoolean room = new AtomicBoolean();
    Thread guest =
        new Thread(
            null,
            () -> {
              try {
                StackRoom.require();
                room.set(true);
              } catch (StackOverflowError e) {
                // There was none.
              }
            },
            "guest",
            stack);
    guest.start();
    guest.join();
    return room.get();
  }
}
