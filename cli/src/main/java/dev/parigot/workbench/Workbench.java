package dev.parigot.workbench;

import dev.parigot.channel.Admission;
import dev.parigot.channel.Broadcast;
import dev.parigot.channel.ChannelDoor;
import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.CannotStart;
import dev.parigot.gateway.Answers;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.RequestHeaders;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.MalformedApp;
import dev.parigot.manifest.MalformedManifest;
import dev.parigot.manifest.Manifest;
import dev.parigot.manifest.ManifestReader;
import dev.parigot.situation.CallIds;
import dev.parigot.situation.KeyValue;
import dev.parigot.situation.Situation;
import dev.parigot.situation.Time;
import dev.parigot.situation.WallTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An app that runs as its files are, and changes with them: who saves a file finds it served within
 * a second. Calls in progress end in the version that they began in. Thread-safe.
 */
public final class Workbench implements AutoCloseable {
  private static final String SITUATION = "local";
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int MOST_SETTLING = 20;

  private final Setting setting;
  private final Conduct conduct;
  private final Store store;
  private final Journal journal;
  private final Executor guests;
  private final RandomGenerator random;

  private final Time time;
  private final CallIds ids;
  private final HttpExchange http = new HttpExchange();
  private final KeyValue keyValue;
  private final Broadcast broadcast;
  private final ChannelDoor channels = new ChannelDoor(Admission.BY_MANIFEST);
  private final Courier courier;
  private final Schedules schedules;
  private final LocalUsers users;
  private final Sources sources = new Sources();
  private final AtomicInteger state = new AtomicInteger();
  private final Failures failures = new Failures(state::get);
  private final CountDownLatch begun = new CountDownLatch(1);

  private Tree known;
  private volatile @Nullable Version current;
  private volatile @Nullable Trouble trouble;
  private volatile boolean stale;

  /**
   * What is to be run.
   *
   * @param folder of the app
   * @param files the files in it
   * @param remotes where services run that don't run here, by name
   */
  public record Setting(Path folder, Blueprint.Files files, Map<String, Elsewhere> remotes) {
    public Setting {
      remotes = Map.copyOf(remotes);
    }
  }

  /**
   * @param guests runs guests, each on a platform thread with a large stack; grows with need
   * @param random what guests get as randomness: a cryptographic source
   */
  public Workbench(
      Setting setting,
      Conduct conduct,
      Store store,
      Journal journal,
      Clock clock,
      RandomGenerator random,
      Executor guests) {
    this.setting = setting;
    this.conduct = conduct;
    this.store = store;
    this.journal = journal;
    this.guests = guests;
    this.random = random;
    this.time = conduct.time(new WallTime(clock, System::nanoTime));
    this.ids = new CallIds(random);
    this.broadcast = new Broadcast(Broadcast.origin(random), clock, (_, _) -> {});
    this.keyValue = new StoredKeyValue(store);
    Supplier<@Nullable Version> versions = this::enter;
    this.courier = new Courier(store, clock, guests, journal, versions);
    this.schedules = new Schedules(clock, guests, journal, versions);
    this.users = new LocalUsers(store, clock, random, broadcast::doubtAll);
    this.known = Tree.of(setting.folder());
  }

  /** Builds and loads the app for the first time; requests wait for that. */
  public void begin() throws InterruptedException {
    try {
      if (build()) {
        load();
      }
    } finally {
      begun.countDown();
    }
    courier.look();
  }

  /** Looks after the files until the thread is interrupted. */
  public void watch() throws InterruptedException {
    while (true) {
      Thread.sleep(LOOK);
      if (stale) {
        stale = false;
        load();
      }
      Tree now = Tree.of(setting.folder());
      if (!now.equals(known)) {
        changed(settled(now));
      }
    }
  }

  /** Has the app loaded anew soon, although no file changed. */
  public void reload() {
    stale = true;
  }

  /** The files once nobody writes them any more: half a module is no module. */
  private Tree settled(Tree first) throws InterruptedException {
    Tree before = first;
    for (int i = 0; i < MOST_SETTLING; i++) {
      Thread.sleep(LOOK);
      Tree now = Tree.of(setting.folder());
      if (now.equals(before)) {
        break;
      }
      before = now;
    }
    return before;
  }

  private void changed(Tree now) throws InterruptedException {
    long begin = System.nanoTime();
    Set<String> changes = new TreeSet<>(now.changesSince(known));
    known = now;
    sources.changedAlone(changes);
    boolean sourcesChanged =
        has(changes, Sources.Kind.SOURCE) || changes.contains(Blueprint.MANIFEST);
    if (sourcesChanged && command().isPresent()) {
      if (!build()) {
        return;
      }
      load();
    } else if (has(changes, Sources.Kind.APP)) {
      load();
    } else if (has(changes, Sources.Kind.SITE)) {
      state.incrementAndGet();
    } else {
      return;
    }
    if (trouble == null) {
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      String first = changes.iterator().next();
      String others = changes.size() == 1 ? "" : " and " + (changes.size() - 1) + " more";
      journal.note("changed: " + first + others + " (" + millis + " ms)");
    }
  }

  private boolean has(Set<String> changes, Sources.Kind kind) {
    return changes.stream().anyMatch(path -> sources.kind(path) == kind);
  }

  /**
   * Runs the build command, if there is one, again if a source was edited meanwhile; false if it
   * failed.
   */
  private boolean build() throws InterruptedException {
    Optional<BuildCommand> command = command();
    if (command.isEmpty()) {
      return true;
    }
    Set<String> edited;
    do {
      Tree before = known;
      journal.note("building: " + command.get().command());
      Optional<Trouble> failed = command.get().run(line -> journal.log("build", 2, line));
      known = Tree.of(setting.folder());
      edited = sources.changedDuringBuild(known.changesSince(before), before);
      if (failed.isPresent() && edited.isEmpty()) {
        troubled(failed.get());
        return false;
      }
    } while (!edited.isEmpty());
    return true;
  }

  private Optional<BuildCommand> command() {
    return manifest()
        .map(Manifest::build)
        .map(command -> new BuildCommand(command, setting.folder()));
  }

  /** Empty if it is not legible, which whoever loads the app tells. */
  private Optional<Manifest> manifest() {
    try {
      String text = new String(setting.files().read(Blueprint.MANIFEST), StandardCharsets.UTF_8);
      Manifest manifest = ManifestReader.read(text);
      sources.follow(manifest);
      return Optional.of(manifest);
    } catch (Blueprint.Unreadable | MalformedManifest e) {
      return Optional.empty();
    }
  }

  /** Puts the app as it is now in the place of the version before, or tells what keeps it. */
  private void load() {
    try {
      Blueprint app = Blueprint.read(setting.files());
      sources.follow(app.manifest());
      Version next = version(app);
      if (current == null) {
        first(next);
      } else {
        start(next);
        replace(next);
      }
      conduct.loaded(app, setting.files(), journal);
    } catch (MalformedApp e) {
      int count = e.mistakes().size();
      troubled(
          new Trouble(
              "The app has " + count + (count == 1 ? " mistake" : " mistakes"),
              String.join("\n", e.mistakes())));
    } catch (Blueprint.Unreadable | CannotStart e) {
      troubled(cannotStart(e));
    }
  }

  /**
   * Serves a version while it still starts, as there is none before it: a call finds an instance
   * sooner than all have one.
   */
  private void first(Version version) {
    replace(version);
    version.enter();
    guests.execute(() -> {
      try {
        version.start();
      } catch (CannotStart e) {
        troubled(cannotStart(e));
      } finally {
        version.leave();
      }
    });
  }

  private static void start(Version version) {
    try {
      version.start();
    } catch (CannotStart e) {
      version.retire();
      throw e;
    }
  }

  private static Trouble cannotStart(Exception e) {
    return new Trouble("The app can't start", String.valueOf(e.getMessage()));
  }

  private Map<String, Remote> remotes() {
    Map<String, Remote> remotes = new HashMap<>();
    setting
        .remotes()
        .forEach((service, where) -> remotes.put(service, Remote.of(where, http, time)));
    return remotes;
  }

  private static Set<String> forwarded(Map<String, Remote> remotes) {
    return remotes.entrySet().stream()
        .filter(each -> each.getValue() instanceof PublicRemote)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Version version(Blueprint app) throws Blueprint.Unreadable {
    Map<String, Remote> remotes = remotes();
    Program[] loaded = new Program[1];
    Tenancy tenancy = new Tenancy(() -> loaded[0].close());
    Calls calls =
        new Calls(
            Version.callees(app, remotes, conduct),
            time,
            ids,
            conduct.calls(guests),
            journal,
            tenancy);
    Loader loader =
        new Loader(
            conduct, app, setting.files(), remotes.keySet(), situation(app.manifest(), calls));
    Program program = loader.load();
    loaded[0] = program;
    calls.runs(program);
    return new Version(
        app,
        program,
        calls,
        tenancy,
        SiteFolder.of(setting.folder(), app.manifest().site()),
        journal,
        failures,
        excerpts(app),
        users.signIn(nameOf(app), app.manifest().signIn()),
        forwarded(remotes));
  }

  private String nameOf(Blueprint app) {
    String name = app.manifest().name();
    return name == null ? String.valueOf(setting.folder().getFileName()) : name;
  }

  private Excerpts excerpts(Blueprint app) {
    Map<String, String> modules = new HashMap<>();
    app.services().forEach((name, part) -> modules.put(name, part.path()));
    return new Excerpts(setting.folder(), modules);
  }

  private Situation situation(Manifest manifest, Calls calls) {
    return new Situation(
        keyValue,
        manifest.config().in(SITUATION),
        (service, instance, level, message, call) -> journal.log(service, level, message),
        time,
        random,
        calls,
        calls,
        courier.queues(manifest.queues()),
        broadcast.under(manifest.channelRules()),
        new Outside(manifest.outbound(), http, time),
        null,
        conduct.interceptor());
  }

  private void replace(Version next) {
    Version before = current;
    current = next;
    trouble = null;
    state.incrementAndGet();
    if (before != null) {
      before.retire();
    }
  }

  private void troubled(Trouble found) {
    trouble = found;
    state.incrementAndGet();
    journal.trouble(found.title(), found.details());
  }

  /** A number that changes whenever something else is served. */
  public int state() {
    return state.get();
  }

  /** The app as it runs, if it does. */
  public Optional<Blueprint> app() {
    Version version = current;
    return version == null ? Optional.empty() : Optional.of(version.app());
  }

  /** What is not where it is to be called, a sentence each; nothing before the app is loaded. */
  public List<String> missingElsewhere() {
    List<String> missing = new ArrayList<>();
    app()
        .ifPresent(app ->
            remotes()
                .forEach((service, remote) -> {
                  Blueprint.Part part = app.services().get(service);
                  if (part != null) {
                    remote.lacks(service, part.contract()).ifPresent(missing::add);
                  }
                }));
    return missing;
  }

  /**
   * Answers a request. What keeps the newest files from running is shown to browsers that ask for a
   * page; everything else is answered by the version before, if there is one.
   */
  public GatewayResponse answer(GatewayRequest request) {
    if (!begun()) {
      return Answers.text(503, "The app is being stopped.\n");
    }
    Trouble told = trouble;
    Version version = enter();
    if (version == null) {
      return told == null
          ? Answers.text(503, "The app is being stopped.\n")
          : failures.answer(request, 503, told);
    }
    try {
      return told != null && wantsPage(request)
          ? failures.answer(request, 503, told)
          : version.answer(request);
    } finally {
      version.leave();
    }
  }

  /** Answers a request to listen to a channel, as {@link #answer} does the others. */
  public ChannelDoor.Answer listen(GatewayRequest request) {
    Version version = begun() ? enter() : null;
    if (version == null) {
      return new ChannelDoor.Answer.Refused(
          Answers.text(503, "The app does not run.\n").with("Retry-After", "1"));
    }
    try {
      return channels.answer(
          () -> version.known(request), version.manifest().channelRules(), broadcast::listen);
    } finally {
      version.leave();
    }
  }

  /** Ends all who listen. */
  void endListening() {
    broadcast.end(_ -> true);
  }

  /** Waits until the app was loaded for the first time; false if it is being stopped. */
  private boolean begun() {
    try {
      begun.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean wantsPage(GatewayRequest request) {
    return request.method().equals("GET") && RequestHeaders.wantsHtml(request);
  }

  /** Enters the version that runs; null if none does. */
  private @Nullable Version enter() {
    Version version = current;
    while (version != null && !version.enter()) {
      Thread.onSpinWait();
      version = current;
    }
    return version;
  }

  /** Begins what is due by the clock. To be called each second. */
  public void tick() {
    courier.look();
    schedules.look();
  }

  /** Makes the call of a schedule now, and waits for it; empty if there is no such one. */
  public Optional<CallOutcome> runCron(String name) {
    return schedules.run(name);
  }

  /** Lets nobody in any more; the store and the engines are their owners' to close. */
  @Override
  public void close() {
    Version version = current;
    current = null;
    begun.countDown();
    endListening();
    if (version != null) {
      version.retire();
    }
  }
}
