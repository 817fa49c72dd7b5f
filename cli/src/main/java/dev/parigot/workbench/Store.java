package dev.parigot.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/**
 * What an app keeps from run to run: its values, the messages of its queues and its users. What was
 * written stands in the file before the call that wrote it goes on, so that killing the process
 * loses none of it.
 */
public final class Store implements AutoCloseable {
  private static final String FILE = "data.mv";

  private final MVStore store;

  private Store(MVStore store) {
    this.store = store;
  }

  /** The store in that folder, which is made. Throws {@link InUse} if another process has it. */
  public static Store in(Path folder) throws IOException {
    Files.createDirectories(folder);
    return open(folder.resolve(FILE).toString());
  }

  /** A store that ends with this process. */
  public static Store inMemory() {
    return open(null);
  }

  private static Store open(@Nullable String file) {
    try {
      return new Store(new MVStore.Builder().fileName(file).open());
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new InUse();
      }
      throw e;
    }
  }

  /** Another process has the store open. */
  public static final class InUse extends RuntimeException {
    InUse() {
      super("another process has the store open");
    }
  }

  MVMap<byte[], byte[]> values() {
    return store.openMap(
        "values",
        new MVMap.Builder<byte[], byte[]>()
            .keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  MVMap<Long, byte[]> messages() {
    return store.openMap(
        "messages",
        new MVMap.Builder<Long, byte[]>()
            .keyType(LongDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** The users of the app as JSON, by e-mail. */
  MVMap<String, String> users() {
    return store.openMap("users");
  }

  /** The e-mails of who is signed in, by the hash of what his browser keeps. */
  MVMap<String, String> sessions() {
    return store.openMap("sessions");
  }

  /** Writes what was changed to the file. */
  void commit() {
    store.commit();
  }

  @Override
  public void close() {
    store.close();
  }
}
