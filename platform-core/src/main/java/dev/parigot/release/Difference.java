package dev.parigot.release;

import static java.util.function.Predicate.not;

import dev.parigot.manifest.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two releases, told from what each is made of and nothing else: so any
 * two can be compared at any time. It has no value of a configuration, only names.
 *
 * @param services those that differ, in the order of the later release, removed ones last
 * @param unchanged the names of those that do not
 * @param site the static front end
 * @param config the keys of the configuration
 * @param queues by name
 * @param cron the schedules, by name
 * @param channels by name
 * @param signIn the keys of the manifest's {@code [auth]}: {@code sign_up}, {@code oidc.<name>}
 * @param outbound the hosts that may be reached
 */
public record Difference(
    List<ServiceChange> services,
    List<String> unchanged,
    SiteChange site,
    Names config,
    Names queues,
    Names cron,
    Names channels,
    Names signIn,
    Gains<String> outbound) {

  /** How a service differs. */
  public enum Kind {
    ADDED,
    REMOVED,
    /** Its module has other bytes; its settings may differ too. */
    CHANGED,
    /** The same bytes, reachable or run otherwise. */
    SETTINGS
  }

  /** What there is more, and what there is no more, each sorted. */
  public record Gains<T>(List<T> gained, List<T> lost) {
    static <T> Gains<T> of(Collection<T> before, Collection<T> now) {
      return new Gains<>(without(now, before), without(before, now));
    }

    public boolean same() {
      return gained.isEmpty() && lost.isEmpty();
    }

    private static <T> List<T> without(Collection<T> these, Collection<T> those) {
      Set<T> known = Set.copyOf(those);
      return these.stream().distinct().filter(not(known::contains)).sorted().toList();
    }
  }

  /** A service's module. */
  public record Module(String digest, long size) {
    static Module of(ReleasedService service) {
      return new Module(service.digest(), service.size());
    }
  }

  /**
   * A setting with another value: {@code min}, {@code max}, {@code memoryBytes}, {@code
   * timeoutMillis} or {@code signedIn}, which is 1 where only those who are signed in are let in.
   */
  public record Setting(String name, long before, long now) {}

  /**
   * A service that differs.
   *
   * @param before null if it is added
   * @param now null if it is removed
   * @param methods its methods
   * @param calls the calls that it can make to other services: the edges of the graph
   * @param exposed its methods that are reachable over HTTP
   * @param capabilities the import modules that it uses; null if one of the releases is older than
   *     those are kept
   * @param settings empty unless it is in both
   */
  public record ServiceChange(
      String name,
      Kind kind,
      @Nullable Module before,
      @Nullable Module now,
      Gains<String> methods,
      Gains<ReleasedService.Call> calls,
      Gains<String> exposed,
      @Nullable Gains<String> capabilities,
      List<Setting> settings) {}

  /** Names of what is different, each list sorted. */
  public record Names(List<String> added, List<String> changed, List<String> removed) {
    static <V> Names of(Map<String, V> before, Map<String, V> now) {
      Set<String> changed = new TreeSet<>();
      now.forEach((name, value) -> {
        if (before.containsKey(name) && !Objects.equals(before.get(name), value)) {
          changed.add(name);
        }
      });
      Gains<String> gains = Gains.of(before.keySet(), now.keySet());
      return new Names(gains.gained(), List.copyOf(changed), gains.lost());
    }

    public boolean same() {
      return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * The static front end: its files, and the service that gets what no file matches.
   *
   * @param bytesBefore of all files together
   * @param bytesNow of all files together
   */
  public record SiteChange(
      Names files,
      long bytesBefore,
      long bytesNow,
      @Nullable String serviceBefore,
      @Nullable String serviceNow) {
    static SiteChange of(Release.Contents before, Release.Contents now) {
      return new SiteChange(
          Names.of(before.site(), now.site()),
          bytes(before.site()),
          bytes(now.site()),
          before.siteService(),
          now.siteService());
    }

    public boolean same() {
      return files.same() && Objects.equals(serviceBefore, serviceNow);
    }

    private static long bytes(Map<String, Release.SiteFile> site) {
      return site.values().stream().mapToLong(Release.SiteFile::size).sum();
    }
  }

  /** What {@code now} has otherwise than {@code before}. */
  public static Difference between(Release.Contents before, Release.Contents now) {
    Map<String, ReleasedService> left = new LinkedHashMap<>();
    before.services().forEach(service -> left.put(service.name(), service));
    List<ServiceChange> changes = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    for (ReleasedService service : now.services()) {
      ReleasedService old = left.remove(service.name());
      ServiceChange change = of(old, service);
      if (change == null) {
        unchanged.add(service.name());
      } else {
        changes.add(change);
      }
    }
    left.values().forEach(service -> changes.add(removed(service)));
    return new Difference(
        changes,
        unchanged,
        SiteChange.of(before, now),
        Names.of(before.config(), now.config()),
        Names.of(before.queues(), now.queues()),
        Names.of(before.cron(), now.cron()),
        Names.of(before.channels().audiences(), now.channels().audiences()),
        Names.of(keys(before.signIn()), keys(now.signIn())),
        Gains.of(before.outbound(), now.outbound()));
  }

  /** Whether nothing of what is told here is different. */
  public boolean same() {
    return services.isEmpty()
        && site.same()
        && config.same()
        && queues.same()
        && cron.same()
        && channels.same()
        && signIn.same()
        && outbound.same();
  }

  /** The names of the services alone, compared by the content of their modules. */
  Release.Changes byContent(Release.Contents now) {
    Set<String> same = new LinkedHashSet<>(unchanged);
    named(Kind.SETTINGS).forEach(same::add);
    return new Release.Changes(
        named(Kind.CHANGED),
        now.services().stream().map(ReleasedService::name).filter(same::contains).toList(),
        named(Kind.ADDED),
        named(Kind.REMOVED));
  }

  private List<String> named(Kind kind) {
    return services.stream()
        .filter(service -> service.kind() == kind)
        .map(ServiceChange::name)
        .toList();
  }

  private static @Nullable ServiceChange of(@Nullable ReleasedService before, ReleasedService now) {
    if (before == null) {
      return added(now);
    }
    boolean otherBytes = !before.digest().equals(now.digest());
    Gains<String> exposed = Gains.of(before.exposed(), now.exposed());
    List<Setting> settings = settings(before, now);
    if (!otherBytes && exposed.same() && settings.isEmpty()) {
      return null;
    }
    return new ServiceChange(
        now.name(),
        otherBytes ? Kind.CHANGED : Kind.SETTINGS,
        Module.of(before),
        Module.of(now),
        Gains.of(before.methods(), now.methods()),
        Gains.of(before.dependsOn(), now.dependsOn()),
        exposed,
        capabilities(before, now),
        settings);
  }

  private static ServiceChange added(ReleasedService now) {
    return new ServiceChange(
        now.name(),
        Kind.ADDED,
        null,
        Module.of(now),
        Gains.of(List.of(), now.methods()),
        Gains.of(List.of(), now.dependsOn()),
        Gains.of(List.of(), now.exposed()),
        now.capabilities() == null ? null : Gains.of(List.of(), now.capabilities()),
        List.of());
  }

  private static ServiceChange removed(ReleasedService before) {
    return new ServiceChange(
        before.name(),
        Kind.REMOVED,
        Module.of(before),
        null,
        Gains.of(before.methods(), List.of()),
        Gains.of(before.dependsOn(), List.of()),
        Gains.of(before.exposed(), List.of()),
        before.capabilities() == null ? null : Gains.of(before.capabilities(), List.of()),
        List.of());
  }

  private static @Nullable Gains<String> capabilities(ReleasedService before, ReleasedService now) {
    List<String> old = before.capabilities();
    List<String> used = now.capabilities();
    return old == null || used == null ? null : Gains.of(old, used);
  }

  private static List<Setting> settings(ReleasedService before, ReleasedService now) {
    Map<String, Long> old = settings(before);
    List<Setting> different = new ArrayList<>();
    settings(now)
        .forEach((name, value) -> {
          long was = Objects.requireNonNull(old.get(name), name);
          if (was != value) {
            different.add(new Setting(name, was, value));
          }
        });
    return different;
  }

  private static Map<String, Object> keys(Manifest.SignIn signIn) {
    Map<String, Object> keys = new HashMap<>();
    keys.put("sign_up", signIn.signUp());
    signIn.providers().forEach((name, provider) -> keys.put("oidc." + name, provider));
    return keys;
  }

  private static Map<String, Long> settings(ReleasedService service) {
    return new TreeMap<>(
        Map.of(
            "min",
            (long) service.min(),
            "max",
            (long) service.max(),
            "memoryBytes",
            service.memoryBytes(),
            "timeoutMillis",
            service.timeoutNanos() / 1_000_000,
            "signedIn",
            service.needsUser() ? 1L : 0L));
  }
}
