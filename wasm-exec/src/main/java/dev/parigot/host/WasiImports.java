package dev.parigot.host;

import dev.parigot.situation.Time;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * {@code wasi_snapshot_preview1}, as far as language runtimes need it: arguments, environment,
 * clocks, randomness and the standard streams. There are no files and no sockets: their functions
 * link, and answer an error.
 */
final class WasiImports implements ImportModule {
  static final String NAME = "wasi_snapshot_preview1";

  private static final int SUCCESS = 0;
  private static final int BADF = 8;
  private static final int INVAL = 28;
  private static final int NOSYS = 52;
  private static final int NOTSOCK = 57;
  private static final int NOTSUP = 58;
  private static final int SPIPE = 70;

  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int EVENT_BYTES = 32;
  private static final int SUBSCRIPTION_BYTES = 48;
  private static final int MOST_SUBSCRIPTIONS = 1024;
  private static final int MOST_VECTORS = 1024;

  /** Of what a guest wants to write at once; it is told how much was taken, as POSIX does. */
  private static final int MOST_WRITTEN_BYTES = 1 << 20;

  private static final int CHARACTER_DEVICE = 2;
  private static final long RIGHT_READ = 1L << 1;
  private static final long RIGHT_WRITE = 1L << 6;

  private static final Set<String> ON_DESCRIPTORS =
      Set.of(
          "fd_advise",
          "fd_allocate",
          "fd_datasync",
          "fd_filestat_get",
          "fd_filestat_set_size",
          "fd_filestat_set_times",
          "fd_pread",
          "fd_prestat_get",
          "fd_prestat_dir_name",
          "fd_pwrite",
          "fd_readdir",
          "fd_renumber",
          "fd_sync",
          "path_create_directory",
          "path_filestat_get",
          "path_filestat_set_times",
          "path_link",
          "path_open",
          "path_readlink",
          "path_remove_directory",
          "path_rename",
          "path_symlink",
          "path_unlink_file");

  private static final Set<String> ON_SOCKETS =
      Set.of("sock_accept", "sock_recv", "sock_send", "sock_shutdown");

  private final Gate gate;
  private final Time time;
  private final RandomGenerator random;
  private final Stdio stdio;
  private final List<byte[]> arguments;
  private final Supplier<Map<String, String>> environment;

  WasiImports(
      Gate gate,
      Time time,
      RandomGenerator random,
      Stdio stdio,
      List<String> arguments,
      Supplier<Map<String, String>> environment) {
    this.gate = gate;
    this.time = time;
    this.random = random;
    this.stdio = stdio;
    this.arguments = arguments.stream().map(WasiImports::terminated).toList();
    this.environment = environment;
  }

  /** In the order of the names. */
  private List<byte[]> environment() {
    return new TreeMap<>(environment.get())
        .entrySet().stream()
            .map(each -> terminated(each.getKey() + "=" + each.getValue()))
            .toList();
  }

  @Override
  public @Nullable ProxyExecutable function(String name) {
    return switch (name) {
      case "args_sizes_get" -> values -> sizes(this.arguments, values);
      case "args_get" -> values -> strings(this.arguments, values);
      case "environ_sizes_get" -> values -> sizes(environment(), values);
      case "environ_get" -> values -> strings(environment(), values);
      case "clock_res_get" -> this::clockResolution;
      case "clock_time_get" -> this::clockTime;
      case "random_get" -> this::randomBytes;
      case "sched_yield" -> _ -> SUCCESS;
      case "poll_oneoff" -> this::poll;
      case "proc_exit" ->
          values -> {
            throw new GuestStop.Exit(values[0].asInt());
          };
      case "proc_raise" -> _ -> NOSYS;
      case "fd_read" -> this::read;
      case "fd_write" -> this::write;
      case "fd_close", "fd_fdstat_set_flags" ->
          values -> isStandard(values[0].asInt()) ? SUCCESS : BADF;
      case "fd_fdstat_set_rights" -> values -> isStandard(values[0].asInt()) ? NOTSUP : BADF;
      case "fd_seek", "fd_tell" -> values -> isStandard(values[0].asInt()) ? SPIPE : BADF;
      case "fd_fdstat_get" -> this::descriptorStatus;
      default -> failing(name);
    };
  }

  private static @Nullable ProxyExecutable failing(String name) {
    if (ON_SOCKETS.contains(name)) {
      return values -> isStandard(values[0].asInt()) ? NOTSOCK : BADF;
    }
    return ON_DESCRIPTORS.contains(name) ? _ -> BADF : null;
  }

  private GuestMemory memory() {
    return gate.guest().memory();
  }

  private int sizes(List<byte[]> strings, Value[] values) {
    memory().writeInt(values[0].asInt(), strings.size());
    memory().writeInt(values[1].asInt(), strings.stream().mapToInt(each -> each.length).sum());
    return SUCCESS;
  }

  private int strings(List<byte[]> strings, Value[] values) {
    int pointer = values[0].asInt();
    int text = values[1].asInt();
    for (byte[] each : strings) {
      memory().writeInt(pointer, text);
      memory().write(text, each);
      pointer += 4;
      text += each.length;
    }
    return SUCCESS;
  }

  private int clockResolution(Value... values) {
    if (!isClock(values[0].asInt())) {
      return INVAL;
    }
    memory().writeLong(values[1].asInt(), 1);
    return SUCCESS;
  }

  private int clockTime(Value... values) {
    int clock = values[0].asInt();
    if (!isClock(clock)) {
      return INVAL;
    }
    memory().writeLong(values[2].asInt(), gate.pass(NAME, "clock_time_get", () -> read(clock)));
    return SUCCESS;
  }

  private static boolean isClock(int clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
  }

  private long read(int clock) {
    if (clock == CLOCK_REALTIME) {
      return time.nowNanos();
    }
    // The clock of a test begins at 0, which Go takes for a broken one.
    long nanos = time.monotonicNanos();
    return nanos == 0 ? 1 : nanos;
  }

  private int randomBytes(Value... values) {
    RandomImports.fill(gate, random, NAME, "random_get", values[0].asInt(), values[1].asInt());
    return SUCCESS;
  }

  /** Waits for the first of some clocks. Streams can always be read and written. */
  private int poll(Value... values) {
    int subscriptions = values[0].asInt();
    int events = values[1].asInt();
    int count = values[2].asInt();
    if (count < 1 || count > MOST_SUBSCRIPTIONS) {
      return INVAL;
    }
    List<Subscription> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      wanted.add(subscription(subscriptions + i * SUBSCRIPTION_BYTES));
    }
    long wait = wanted.stream().mapToLong(Subscription::nanos).min().orElse(0);
    ClockImports.sleep(gate, time, NAME, "poll_oneoff", wait);
    int happened = 0;
    for (Subscription each : wanted) {
      if (each.nanos() <= wait) {
        int event = events + happened++ * EVENT_BYTES;
        memory().write(event, new byte[EVENT_BYTES]);
        memory().writeLong(event, each.userData());
        memory().writeInt(event + 8, each.type() << 16 | each.error());
      }
    }
    memory().writeInt(values[3].asInt(), happened);
    return SUCCESS;
  }

  /** What a guest polls for: {@code nanos} until it happens, 0 if it has. */
  private record Subscription(long userData, int type, int error, long nanos) {}

  private Subscription subscription(int pointer) {
    long userData = memory().readLong(pointer);
    int type = memory().readByte(pointer + 8);
    if (type != 0) {
      boolean standard = isStandard(memory().readInt(pointer + 16));
      return new Subscription(userData, type, standard ? SUCCESS : BADF, 0);
    }
    int clock = memory().readInt(pointer + 16);
    if (!isClock(clock)) {
      return new Subscription(userData, type, INVAL, 0);
    }
    long timeout = memory().readLong(pointer + 24);
    boolean absolute = (memory().readInt(pointer + 40) & 1) != 0;
    long nanos =
        absolute ? timeout - gate.pass(NAME, "clock_time_get", () -> read(clock)) : timeout;
    // Unsigned in WASI: what is negative here is longer than any deadline.
    boolean far = !absolute && timeout < 0;
    return new Subscription(userData, type, SUCCESS, far ? Long.MAX_VALUE : Math.max(0, nanos));
  }

  private int read(Value... values) {
    if (values[0].asInt() != 0) {
      return BADF;
    }
    int vectors = values[1].asInt();
    int count = values[2].asInt();
    if (count < 0 || count > MOST_VECTORS) {
      return INVAL;
    }
    int total = 0;
    for (int i = 0; i < count; i++) {
      int length = memory().readInt(vectors + i * 8 + 4);
      byte[] bytes = stdio.read(Math.max(0, length));
      memory().write(memory().readInt(vectors + i * 8), bytes);
      total += bytes.length;
      if (bytes.length < length) {
        break;
      }
    }
    memory().writeInt(values[3].asInt(), total);
    return SUCCESS;
  }

  private int write(Value... values) {
    int descriptor = values[0].asInt();
    if (descriptor != 1 && descriptor != 2) {
      return BADF;
    }
    int vectors = values[1].asInt();
    int count = values[2].asInt();
    if (count < 0 || count > MOST_VECTORS) {
      return INVAL;
    }
    int total = 0;
    for (int i = 0; i < count; i++) {
      int pointer = memory().readInt(vectors + i * 8);
      int length = memory().readInt(vectors + i * 8 + 4);
      memory().check(pointer, length);
      int taken = Math.min(length, MOST_WRITTEN_BYTES - total);
      write(descriptor, memory().read(pointer, taken));
      total += taken;
      if (taken < length) {
        break;
      }
    }
    memory().writeInt(values[3].asInt(), total);
    return SUCCESS;
  }

  private void write(int descriptor, byte[] bytes) {
    if (descriptor == 1) {
      stdio.writeOut(bytes);
    } else {
      stdio.writeError(bytes);
    }
  }

  private int descriptorStatus(Value... values) {
    int descriptor = values[0].asInt();
    if (!isStandard(descriptor)) {
      return BADF;
    }
    int status = values[1].asInt();
    memory().writeLong(status, CHARACTER_DEVICE);
    memory().writeLong(status + 8, descriptor == 0 ? RIGHT_READ : RIGHT_WRITE);
    memory().writeLong(status + 16, 0);
    return SUCCESS;
  }

  private static boolean isStandard(int descriptor) {
    return descriptor >= 0 && descriptor <= 2;
  }

  private static byte[] terminated(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }
}
