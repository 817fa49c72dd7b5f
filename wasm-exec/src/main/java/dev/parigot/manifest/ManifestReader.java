package dev.parigot.manifest;

import dev.parigot.contract.Names;
import dev.parigot.contract.Nearest;
import dev.parigot.manifest.Entries.Located;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads parigot.toml. */
public final class ManifestReader {
  /** The most memory that a service may ask for, unless the operator says otherwise: 512 MiB. */
  public static final long MEMORY_CEILING = 512L << 20;

  private static final long DEFAULT_MEMORY = 64L << 20;
  private static final long LEAST_MEMORY = 64L << 10;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
  private static final int LONGEST_MANIFEST = 1 << 20;
  private static final int MOST_INSTANCES = 1000;
  private static final int DEFAULT_SCHEDULES = 500;
  private static final int DEFAULT_DELIVERIES = 4;
  private static final int MOST_DELIVERIES = 8;
  private static final String SIGNED_IN = "signed-in";
  private static final Pattern ENTRY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
  private static final Pattern HOST =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:[0-9]{1,5})?");

  private final Mistakes mistakes = new Mistakes();
  private final long memoryCeiling;
  private final Set<String> services;
  private final Entries root;

  private ManifestReader(TomlTable toml, long memoryCeiling) {
    this.memoryCeiling = memoryCeiling;
    this.root = new Entries(toml, mistakes);
    this.services = toml.get("services") instanceof TomlTable table ? table.keySet() : Set.of();
  }

  /**
   * Reads a manifest.
   *
   * @throws MalformedManifest with every mistake in it
   */
  public static Manifest read(String toml) {
    return read(toml, MEMORY_CEILING);
  }

  /** As {@link #read(String)}, with the operator's ceiling on a service's memory, in bytes. */
  public static Manifest read(String toml, long memoryCeiling) {
    if (toml.length() > LONGEST_MANIFEST) {
      throw new MalformedManifest(
          List.of(new Mistake(1, 1, "parigot.toml is over 1 MiB.", "Is it the right file?")), null);
    }
    TomlParseResult parsed = Toml.parse(toml);
    if (parsed.hasErrors()) {
      throw new MalformedManifest(
          parsed.errors().stream()
              .map(error ->
                  new Mistake(
                      error.position().line(),
                      error.position().column(),
                      error.getMessage() + ".",
                      ""))
              .toList(),
          null);
    }
    return new ManifestReader(parsed, memoryCeiling).manifest();
  }

  private Manifest manifest() {
    Manifest manifest =
        new Manifest(
            appName(),
            all("services", this::service),
            site(),
            all("cron", this::cron),
            all("queues", this::queue),
            all("channels", this::channel),
            all("tests", this::test),
            new ConfigReader(mistakes).read(root.table("config")),
            outbound(),
            build(),
            demo(),
            gate(),
            new SignInReader(mistakes).read(root.table("auth")));
    root.refuseOthers();
    if (manifest.services().isEmpty() && manifest.site() == null && mistakes.isEmpty()) {
      mistakes.add(
          root.place(),
          "there is nothing to run.",
          "Add a [services.name] with its `wasm`, or a [site] with its `dir`.");
    }
    if (!mistakes.isEmpty()) {
      throw new MalformedManifest(mistakes.all(), manifest);
    }
    return manifest;
  }

  /** Reads one entry; null if it is so wrong that nothing can be made of it. */
  private interface EntryReader<T> {
    @Nullable T read(Entries entry);
  }

  private <T> Map<String, T> all(String section, EntryReader<T> reader) {
    Map<String, T> all = new LinkedHashMap<>();
    for (Entries entry : root.tables(section)) {
      T value = reader.read(entry);
      entry.refuseOthers();
      if (value != null) {
        all.put(entry.name(), value);
      }
    }
    return all;
  }

  private @Nullable String appName() {
    Located<String> name = root.text("name");
    if (name == null) {
      return null;
    }
    String value = name.value();
    if (!AppNames.isValid(value)) {
      mistakes.add(
          name.at(), "\"" + value + "\" can't name an app.", "Expected " + AppNames.RULE + ".");
    } else if (AppNames.isReserved(value)) {
      mistakes.add(name.at(), "\"" + value + "\" is reserved for the platform.", "");
    }
    return value;
  }

  private Manifest.@Nullable Service service(Entries entry) {
    moduleName(entry, "service");
    String wasm = path(entry, "wasm");
    Exposure exposure = exposure(entry);
    int min = entry.integer("min", 0, MOST_INSTANCES, 0);
    int max = entry.integer("max", 1, MOST_INSTANCES, Math.max(8, min));
    if (min > max) {
      mistakes.add(
          entry.at("min"),
          entry.shown("min") + " is " + min + ", above `max`, which is " + max + ".",
          "");
    }
    long memory = memory(entry);
    Duration timeout = timeout(entry);
    return wasm == null
        ? null
        : new Manifest.Service(
            wasm, exposure, signedIn(entry), min, max, memory, timeout, entry.line());
  }

  private void moduleName(Entries entry, String kind) {
    if (!Names.isService(entry.name())) {
      mistakes.add(
          entry.place(),
          "\"" + entry.name() + "\" can't name a " + kind + ".",
          "Expected " + Names.SERVICE_RULE + ".");
    }
  }

  private void entryName(Entries entry, String kind) {
    if (!ENTRY.matcher(entry.name()).matches()) {
      mistakes.add(
          entry.place(),
          "\"" + entry.name() + "\" can't name a " + kind + ".",
          "Expected 1 to 63 letters, digits, hyphens and underscores, beginning with a letter.");
    }
  }

  private Exposure exposure(Entries entry) {
    Object value = entry.value("public");
    if (value instanceof Boolean all) {
      return all ? new Exposure.Everything() : new Exposure.Nothing();
    }
    if (value instanceof TomlArray) {
      return listed(entry);
    }
    if (signedIn(entry)) {
      return new Exposure.Everything();
    }
    if (value != null) {
      mistakes.add(
          entry.at("public"),
          entry.shown("public")
              + " is "
              + (value instanceof String text ? '"' + text + '"' : Entries.kind(value))
              + ".",
          "Expected true, false, \"" + SIGNED_IN + "\" or an array of methods.");
    }
    return new Exposure.Nothing();
  }

  private static boolean signedIn(Entries entry) {
    return SIGNED_IN.equals(entry.value("public"));
  }

  private Exposure listed(Entries entry) {
    List<String> methods = new ArrayList<>();
    List<Located<String>> texts = entry.texts("public");
    for (Located<String> method : texts == null ? List.<Located<String>>of() : texts) {
      if (methods.contains(method.value())) {
        mistakes.add(
            method.at(), entry.shown("public") + " lists \"" + method.value() + "\" twice.", "");
      }
      methods.add(method.value());
    }
    return new Exposure.Only(methods);
  }

  private long memory(Entries entry) {
    Located<String> text = entry.text("memory");
    if (text == null) {
      return Math.min(DEFAULT_MEMORY, memoryCeiling);
    }
    Long bytes = Quantity.size(text.value()).orElse(null);
    if (bytes == null) {
      mistakes.add(
          text.at(),
          entry.shown("memory") + " is \"" + text.value() + "\".",
          "Expected a size such as \"64MiB\"; the units are KiB, MiB and GiB.");
      return DEFAULT_MEMORY;
    }
    if (bytes < LEAST_MEMORY || bytes > memoryCeiling) {
      mistakes.add(
          text.at(),
          entry.shown("memory") + " is \"" + text.value() + "\".",
          "Expected 64KiB to " + Quantity.show(memoryCeiling) + ".");
    }
    return bytes;
  }

  private Duration timeout(Entries entry) {
    Located<String> text = entry.text("timeout");
    if (text == null) {
      return DEFAULT_TIMEOUT;
    }
    Duration timeout = Quantity.duration(text.value()).orElse(null);
    if (timeout == null || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      mistakes.add(
          text.at(),
          entry.shown("timeout") + " is \"" + text.value() + "\".",
          "Expected a time from \"1ms\" to \"1h\", such as \"500ms\", \"10s\" or \"2m\".");
      return DEFAULT_TIMEOUT;
    }
    return timeout;
  }

  /** A path within what is pushed, without {@code ./} and doubled slashes. */
  private @Nullable String path(Entries entry, String key) {
    Located<String> text = entry.requiredText(key);
    if (text == null) {
      return null;
    }
    String path = text.value();
    List<String> parts =
        Stream.of(path.split("/")).filter(part -> !part.isEmpty() && !part.equals(".")).toList();
    String wrong = wrongWith(path, parts);
    if (wrong != null) {
      mistakes.add(
          text.at(),
          entry.shown(key) + " is \"" + path + "\", " + wrong + ".",
          "Expected a path relative to parigot.toml, with `/` between folders.");
    }
    return String.join("/", parts);
  }

  private static @Nullable String wrongWith(String path, List<String> parts) {
    if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
      return "which is absolute";
    }
    if (parts.contains("..")) {
      return "which leaves the folder";
    }
    if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
      return "which has a character that paths can't have";
    }
    return path.isEmpty() ? "which is empty" : null;
  }

  private Manifest.@Nullable Site site() {
    Entries entry = root.table("site");
    if (entry == null) {
      return null;
    }
    String dir = path(entry, "dir");
    Located<String> service = entry.text("service");
    if (service != null) {
      checkService(service, entry.shown("service"));
    }
    entry.refuseOthers();
    return dir == null
        ? null
        : new Manifest.Site(dir, service == null ? null : service.value(), entry.line());
  }

  private boolean checkService(Located<String> name, String key) {
    if (services.contains(name.value())) {
      return true;
    }
    mistakes.add(
        name.at(),
        key + " names the service \"" + name.value() + "\", which isn't under [services].",
        Nearest.hint(name.value(), services));
    return false;
  }

  private Manifest.@Nullable Cron cron(Entries entry) {
    entryName(entry, "schedule");
    String schedule = schedule(entry);
    ZoneId zone = zone(entry);
    Manifest.Target call = target(entry, "call");
    Manifest.Overlap overlap = overlap(entry);
    boolean staging = entry.flag("staging", false);
    return schedule == null || call == null
        ? null
        : new Manifest.Cron(schedule, zone, call, overlap, staging, entry.line());
  }

  private @Nullable String schedule(Entries entry) {
    Located<String> text = entry.requiredText("schedule");
    if (text == null) {
      return null;
    }
    String wrong = CronSyntax.wrongWith(text.value());
    if (wrong != null) {
      mistakes.add(
          text.at(),
          entry.shown("schedule") + " is \"" + text.value() + "\": " + wrong + ".",
          "Expected the five fields of unix cron: minute, hour, day of month, month, day of week.");
    }
    return text.value();
  }

  private ZoneId zone(Entries entry) {
    Located<String> text = entry.text("timezone");
    if (text == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(text.value());
    } catch (DateTimeException e) {
      mistakes.add(
          text.at(),
          entry.shown("timezone") + " is \"" + text.value() + "\", which is no time zone.",
          Nearest.to(text.value(), ZoneId.getAvailableZoneIds())
              .map(zone -> "Did you mean \"" + zone + "\"?")
              .orElse("Expected a name such as \"Europe/Paris\" or \"UTC\"."));
      return ZoneOffset.UTC;
    }
  }

  private Manifest.Overlap overlap(Entries entry) {
    Located<String> text = entry.text("overlap");
    if (text == null) {
      return Manifest.Overlap.FORBID;
    }
    for (Manifest.Overlap overlap : Manifest.Overlap.values()) {
      if (overlap.name().toLowerCase(Locale.ROOT).equals(text.value())) {
        return overlap;
      }
    }
    mistakes.add(
        text.at(),
        entry.shown("overlap") + " is \"" + text.value() + "\".",
        "Expected \"forbid\", \"allow\" or \"replace\".");
    return Manifest.Overlap.FORBID;
  }

  private Manifest.@Nullable Target target(Entries entry, String key) {
    Located<String> text = entry.requiredText(key);
    if (text == null) {
      return null;
    }
    String[] parts = text.value().split("\\.", -1);
    if (parts.length != 2 || !Names.isMethod(parts[1])) {
      mistakes.add(
          text.at(),
          entry.shown(key) + " is \"" + text.value() + "\".",
          "Expected a service and its method, such as \"stock.restock\".");
      return null;
    }
    return checkService(new Located<>(parts[0], text.at()), entry.shown(key))
        ? new Manifest.Target(parts[0], parts[1])
        : null;
  }

  private Manifest.@Nullable Queue queue(Entries entry) {
    entryName(entry, "queue");
    Manifest.Target deliver = target(entry, "deliver");
    int attempts = entry.integer("attempts", 1, 100, 5);
    int concurrency = entry.integer("concurrency", 1, MOST_DELIVERIES, DEFAULT_DELIVERIES);
    Fifo fifo = fifo(entry);
    return deliver == null
        ? null
        : new Manifest.Queue(deliver, attempts, concurrency, fifo, entry.line());
  }

  private @Nullable Fifo fifo(Entries entry) {
    Object value = entry.value("fifo");
    if (value instanceof Boolean all) {
      return all ? Fifo.WHOLE : null;
    }
    if (value instanceof String field && !field.isEmpty()) {
      return new Fifo(field);
    }
    if (value != null) {
      mistakes.add(
          entry.at("fifo"),
          entry.shown("fifo") + " is " + (value.equals("") ? "empty" : Entries.kind(value)) + ".",
          "Expected true for all messages, or the field of a JSON message by which to order, such as \"customer\".");
    }
    return null;
  }

  private Manifest.Channel channel(Entries entry) {
    if (!ChannelRules.isEntry(entry.name())) {
      mistakes.add(
          entry.place(),
          "\"" + entry.name() + "\" can't name a channel.",
          "Expected " + ChannelRules.RULE + "; a star at the end stands for any ending.");
    }
    return new Manifest.Channel(audience(entry), entry.line());
  }

  private Audience audience(Entries entry) {
    Object value = entry.value("public");
    if (signedIn(entry)) {
      return Audience.SIGNED_IN;
    }
    if (value != null && !(value instanceof Boolean)) {
      mistakes.add(
          entry.at("public"),
          entry.shown("public")
              + " is "
              + (value instanceof String text ? '"' + text + '"' : Entries.kind(value))
              + ".",
          "Expected true, false or \"" + SIGNED_IN + "\".");
    }
    return Boolean.TRUE.equals(value) ? Audience.EVERYONE : Audience.NOBODY;
  }

  private Manifest.@Nullable TestModule test(Entries entry) {
    moduleName(entry, "test module");
    if (services.contains(entry.name())) {
      mistakes.add(
          entry.place(),
          "\"" + entry.name() + "\" is also the name of a service.",
          "Name the test module otherwise, such as \"" + entry.name() + "_test\".");
    }
    String wasm = path(entry, "wasm");
    Manifest.Timing timing = timing(entry.table("timing"));
    return wasm == null ? null : new Manifest.TestModule(wasm, timing, entry.line());
  }

  private Manifest.@Nullable Timing timing(@Nullable Entries entry) {
    if (entry == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    List<Located<String>> texts = entry.texts("services");
    for (Located<String> service : texts == null ? List.<Located<String>>of() : texts) {
      if (checkService(service, entry.shown("services"))) {
        names.add(service.value());
      }
    }
    int schedules = entry.integer("schedules", 1, 1_000_000, DEFAULT_SCHEDULES);
    entry.refuseOthers();
    return new Manifest.Timing(names, schedules);
  }

  private Manifest.Gate gate() {
    Entries entry = root.table("gate");
    if (entry == null) {
      return Manifest.Gate.EVERYTHING;
    }
    List<Located<String>> skip = entry.texts("skip");
    List<Located<String>> timing = entry.texts("timing");
    entry.refuseOthers();
    return new Manifest.Gate(
        skip == null ? Manifest.Gate.EVERYTHING.skip() : values(skip),
        timing == null ? Manifest.Gate.EVERYTHING.timing() : values(timing));
  }

  private static List<String> values(List<Located<String>> texts) {
    return texts.stream().map(Located::value).toList();
  }

  private List<String> outbound() {
    Entries entry = root.table("outbound");
    List<String> hosts = new ArrayList<>();
    if (entry != null) {
      List<Located<String>> texts = entry.texts("allow");
      for (Located<String> host : texts == null ? List.<Located<String>>of() : texts) {
        if (HOST.matcher(host.value()).matches()) {
          hosts.add(host.value().toLowerCase(Locale.ROOT));
        } else {
          mistakes.add(
              host.at(),
              entry.shown("allow") + " lists \"" + host.value() + "\", which is no host.",
              "Expected a name such as \"api.example.org\", without scheme and path.");
        }
      }
      entry.refuseOthers();
    }
    return hosts;
  }

  private @Nullable String build() {
    Entries entry = root.table("build");
    if (entry == null) {
      return null;
    }
    Located<String> command = entry.requiredText("command");
    entry.refuseOthers();
    if (command != null && command.value().isBlank()) {
      mistakes.add(command.at(), entry.shown("command") + " is empty.", "");
    }
    return command == null ? null : command.value();
  }

  private Manifest.@Nullable Demo demo() {
    Entries entry = root.table("demo");
    if (entry == null) {
      return null;
    }
    String data = path(entry, "data");
    entry.refuseOthers();
    return data == null ? null : new Manifest.Demo(data, entry.line());
  }
}
