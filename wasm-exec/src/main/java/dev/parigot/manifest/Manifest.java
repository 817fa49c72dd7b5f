package dev.parigot.manifest;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Method;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the parigot.toml of an app says, defaults filled in. Maps are in the order of the file;
 * {@code line} is where an entry stands in it, from 1.
 *
 * @param name that the app should have, if the manifest says so
 * @param services by name
 * @param cron schedules by name
 * @param queues by name
 * @param channels by the names that they stand for: {@link ChannelRules}
 * @param tests test modules by name
 * @param outbound the hosts that services may send HTTP requests to
 * @param build the command that makes the modules, if there is one
 * @param demo what only demos need, if the manifest says so
 * @param gate which branches are tested before they go live
 * @param signIn how the app's own users sign in
 */
public record Manifest(
    @Nullable String name,
    Map<String, Service> services,
    @Nullable Site site,
    Map<String, Cron> cron,
    Map<String, Queue> queues,
    Map<String, Channel> channels,
    Map<String, TestModule> tests,
    Config config,
    List<String> outbound,
    @Nullable String build,
    @Nullable Demo demo,
    Gate gate,
    SignIn signIn) {
  public Manifest {
    services = copy(services);
    cron = copy(cron);
    queues = copy(queues);
    channels = copy(channels);
    tests = copy(tests);
    outbound = List.copyOf(outbound);
  }

  /** One that says nothing of which branches are tested, and how users sign in. */
  public Manifest(
      @Nullable String name,
      Map<String, Service> services,
      @Nullable Site site,
      Map<String, Cron> cron,
      Map<String, Queue> queues,
      Map<String, Channel> channels,
      Map<String, TestModule> tests,
      Config config,
      List<String> outbound,
      @Nullable String build,
      @Nullable Demo demo) {
    this(
        name,
        services,
        site,
        cron,
        queues,
        channels,
        tests,
        config,
        outbound,
        build,
        demo,
        Gate.EVERYTHING,
        SignIn.DEFAULT);
  }

  /** A copy that keeps the order. */
  private static <T> Map<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * A service.
   *
   * @param wasm the path of its module, relative to the manifest
   * @param signedIn whether only those who are signed in can reach it
   * @param min the number of instances that are kept
   * @param max the most instances on one node
   * @param memoryBytes the most linear memory of one instance
   */
  public record Service(
      String wasm,
      Exposure exposure,
      boolean signedIn,
      int min,
      int max,
      long memoryBytes,
      Duration timeout,
      int line) {
    /** One that everybody can reach, as far as it can be reached at all. */
    public Service(
        String wasm,
        Exposure exposure,
        int min,
        int max,
        long memoryBytes,
        Duration timeout,
        int line) {
      this(wasm, exposure, false, min, max, memoryBytes, timeout, line);
    }
  }

  /**
   * Files to serve.
   *
   * @param dir their folder, relative to the manifest
   * @param service that gets the requests that no file matches, or null
   */
  public record Site(String dir, @Nullable String service, int line) {}

  /** A method of a service, as {@code service.method}. */
  public record Target(String service, String method) {
    @Override
    public String toString() {
      return service + "." + method;
    }
  }

  /**
   * Calls a method on a schedule.
   *
   * @param schedule a unix cron expression of five fields
   * @param staging whether it is on in the staging situation, too
   */
  public record Cron(
      String schedule, ZoneId timezone, Target call, Overlap overlap, boolean staging, int line) {}

  /** What to do when a call is due while the one before still runs. */
  public enum Overlap {
    /** Skip it. */
    FORBID,
    /** Make it all the same. */
    ALLOW,
    /** Cancel the one before. */
    REPLACE
  }

  /**
   * A queue and the method that gets its messages.
   *
   * @param attempts to deliver a message
   * @param concurrency how many of its messages are delivered at a time, on one node
   * @param fifo which messages are delivered in the order in which they were sent; null for none
   */
  public record Queue(
      Target deliver, int attempts, int concurrency, @Nullable Fifo fifo, int line) {}

  /**
   * Channels that services publish to.
   *
   * @param audience who may listen
   */
  public record Channel(Audience audience, int line) {}

  /** A module whose methods that begin with "test" are tests. */
  public record TestModule(String wasm, @Nullable Timing timing, int line) {}

  /**
   * Tries a test module under many orders of events.
   *
   * @param services whose calls are reordered; empty for all
   */
  public record Timing(List<String> services, int schedules) {
    public Timing {
      services = List.copyOf(services);
    }
  }

  /**
   * What only demos need.
   *
   * @param data the path of what their store begins with, relative to the manifest: {@link
   *     StartingData}
   */
  public record Demo(String data, int line) {}

  /**
   * Which branches are tested before what was pushed to them goes live. In a pattern {@code *}
   * stands for any characters.
   *
   * @param skip patterns of the branches that go live untested
   * @param timing patterns of the branches whose timing tests are run
   */
  public record Gate(List<String> skip, List<String> timing) {
    /** As it is without a word about it. */
    public static final Gate EVERYTHING = new Gate(List.of(), List.of("*"));

    public Gate {
      skip = List.copyOf(skip);
      timing = List.copyOf(timing);
    }

    public boolean skips(String branch) {
      return matches(skip, branch);
    }

    public boolean timesOn(String branch) {
      return matches(timing, branch);
    }

    private static boolean matches(List<String> patterns, String branch) {
      return patterns.stream().anyMatch(pattern -> matches(pattern, branch));
    }

    private static boolean matches(String pattern, String branch) {
      String regex =
          Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
      return branch.matches(regex);
    }
  }

  /**
   * How the app's own users sign in.
   *
   * @param signUp whether whoever comes may make himself one, by an e-mail and a password
   * @param providers that vouch for users by OpenID Connect, by name
   */
  public record SignIn(boolean signUp, Map<String, Provider> providers) {
    /** By e-mail and password; everybody may sign up. */
    public static final SignIn DEFAULT = new SignIn(true, Map.of());

    public SignIn {
      providers = copy(providers);
    }
  }

  /**
   * A provider of OpenID Connect. What it knows the app by in secret is the app's secret {@link
   * #secret}.
   *
   * @param issuer its URL, whose metadata is at {@code /.well-known/openid-configuration} under it
   * @param clientId what it knows the app by
   * @param title what the app's users know it by
   */
  public record Provider(String issuer, String clientId, String title) {
    /** The name of the app's secret that the provider of that name has given it. */
    public static String secret(String name) {
      return "OIDC_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_SECRET";
    }
  }

  /** Configuration values: defaults, and what differs by situation. */
  public record Config(Map<String, String> defaults, Map<String, Map<String, String>> situations) {
    public Config {
      defaults = copy(defaults);
      situations = copy(situations);
    }

    /** The values in a situation, such as {@code demo}. */
    public Map<String, String> in(String situation) {
      Map<String, String> values = new LinkedHashMap<>(defaults);
      values.putAll(situations.getOrDefault(situation, Map.of()));
      return values;
    }
  }

  /** Which channels there are. */
  public ChannelRules channelRules() {
    Map<String, Audience> audiences = new LinkedHashMap<>();
    channels.forEach((name, channel) -> audiences.put(name, channel.audience()));
    return new ChannelRules(audiences);
  }

  /**
   * What of a service can be reached: what schedules and queues call is called by nobody else from
   * outside.
   */
  public Exposure exposure(String service, Contract contract) {
    Exposure declared = Objects.requireNonNull(services.get(service), service).exposure();
    Set<String> called =
        Stream.concat(
                cron.values().stream().map(Cron::call),
                queues.values().stream().map(Queue::deliver))
            .filter(target -> target.service().equals(service))
            .map(Target::method)
            .collect(Collectors.toSet());
    if (called.isEmpty() || declared instanceof Exposure.Nothing) {
      return declared;
    }
    return new Exposure.Only(
        contract.methods().stream()
            .map(Method::name)
            .filter(method -> declared.includes(method) && !called.contains(method))
            .toList());
  }

  /**
   * The mistakes that only show once the modules were read: methods that the manifest names and the
   * modules don't have.
   */
  public List<Mistake> mistakes(Map<String, Contract> contracts) {
    return new MethodCheck(contracts).of(this);
  }
}
