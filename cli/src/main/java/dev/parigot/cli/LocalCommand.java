package dev.parigot.cli;

import dev.parigot.engine.CallOutcome;
import dev.parigot.engine.Engine;
import dev.parigot.engine.EngineOptions;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.workbench.Conduct;
import dev.parigot.workbench.Debugging;
import dev.parigot.workbench.Elsewhere;
import dev.parigot.workbench.LocalServer;
import dev.parigot.workbench.Store;
import dev.parigot.workbench.Workbench;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parigot local}: runs an app on this machine, as one process that follows its files. */
@Command(
    name = "local",
    description = {
      "Builds an app by the command of its manifest and runs it on this machine until Ctrl-C, at"
          + " the addresses that it has in production.",
      "What it stores and its queues are kept in DIR/.parigot/local. A change of a module, of the"
          + " site or of the manifest is served within a second; a change of a source runs the"
          + " build command first."
    })
final class LocalCommand implements Callable<Integer> {
  @Mixin private AppFolder folder = new AppFolder();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8090",
      description = "where to listen on localhost (8090); 0 takes a free one")
  private int port = 8090;

  @Option(names = "--fresh", description = "begin empty, and keep nothing")
  private boolean fresh;

  @Option(
      names = "--cron",
      paramLabel = "NAME",
      description = "make the call of this schedule once, as soon as the app runs")
  private @Nullable String cron;

  @Option(
      names = "--remote",
      paramLabel = "a,b=URL",
      description =
          "call these services where the app runs at that address, not here; private ones, too, if"
              + " it is yours on a platform that you are logged in to")
  private List<String> remotes = List.of();

  @Option(
      names = "--debug",
      paramLabel = "PORT",
      description = {
        "where debuggers come to on localhost, by the Debug Adapter Protocol; 0 takes a free one.",
        "Calls then run one at a time, and have no timeouts"
      })
  private @Nullable Integer debug;

  @Option(
      names = "--unwound",
      description =
          "run each service in instances of its own, as the platform does, instead of all wound into"
              + " one module; --debug does that, too")
  private boolean unwound;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    checkPort("--port", port);
    if (debug != null) {
      checkPort("--debug", debug);
    }
    Folder files = folder.open();
    if (!Files.isRegularFile(folder.path().resolve(Blueprint.MANIFEST))) {
      throw new UserMistake("there is no " + Blueprint.MANIFEST + " in " + folder.path());
    }
    Map<String, Elsewhere> elsewhere = remotes();
    Workbench.Setting setting = new Workbench.Setting(folder.path(), files, elsewhere);
    boolean coloured = Terminal.isColoured(System.getenv(), isTerminal());
    Terminal terminal = new Terminal(spec.commandLine().getOut(), coloured, LocalTime::now);
    try (GuestThreads threads = GuestThreads.start();
        Conduct conduct = conduct(threads);
        Store store = store();
        Workbench workbench =
            new Workbench(
                setting,
                conduct,
                store,
                terminal,
                Clock.systemUTC(),
                new SecureRandom(),
                threads.guests());
        LocalServer server = listen(workbench, terminal)) {
      checkNames(files, elsewhere.keySet());
      if (conduct instanceof Debugging debugging) {
        debugging.onLeft(workbench::reload);
        terminal.plain("Debuggers come to localhost:" + debugging.port());
      }
      run(files, workbench, server, terminal, threads.clockwork());
    }
    return 0;
  }

  /** Refuses names that the manifest doesn't have, as far as it can be read: a page tells more. */
  private void checkNames(Folder files, Set<String> elsewhere) {
    Optional<Manifest> manifest = files.manifest();
    if (manifest.isEmpty()) {
      return;
    }
    if (cron != null) {
      checkName("schedule", cron, manifest.get().cron().keySet());
    }
    for (String service : elsewhere) {
      checkName("service", service, manifest.get().services().keySet());
    }
  }

  private static void checkName(String kind, String name, Set<String> names) {
    if (!names.contains(name)) {
      throw new UserMistake(
          "the manifest has no "
              + kind
              + " \""
              + name
              + "\""
              + (names.isEmpty() ? "; it has none" : "; it has " + String.join(", ", names)));
    }
  }

  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private void checkPort(String option, int number) {
    if (number < 0 || number > 65_535) {
      throw wrong(option + " is a number from 0 to 65535");
    }
  }

  private Conduct conduct(GuestThreads threads) throws IOException {
    EngineOptions options = threads.engineOptions();
    ExecutorService guests = threads.guests();
    if (debug == null) {
      // It takes as long to start as all else together.
      return Conduct.ordinary(
          CompletableFuture.supplyAsync(() -> Engine.start(options), guests)::join, !unwound);
    }
    try {
      return new Debugging(debug, folder.path(), options, guests);
    } catch (BindException e) {
      throw new UserMistake("port " + debug + " is in use; choose another one with --debug");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Map<String, Elsewhere> remotes() {
    if (remotes.isEmpty()) {
      return Map.of();
    }
    Parigot parigot = (Parigot) spec.root().userObject();
    try {
      return new RemoteServices(parigot.environment(), parigot.credentials()).of(remotes);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Store store() throws IOException {
    if (fresh) {
      return Store.inMemory();
    }
    Path data = folder.path().resolve(".parigot");
    Files.createDirectories(data);
    // It is nobody's business but this machine's.
    Files.writeString(data.resolve(".gitignore"), "*\n");
    try {
      return Store.in(data.resolve("local"));
    } catch (Store.InUse e) {
      throw new UserMistake(
          "another `parigot local` runs this app; stop it, or begin with --fresh beside it");
    }
  }

  private LocalServer listen(Workbench workbench, Terminal terminal) throws IOException {
    try {
      return new LocalServer(port, workbench, terminal);
    } catch (BindException e) {
      throw new UserMistake("port " + port + " is in use; choose another one with --port");
    }
  }

  private void run(
      Folder files,
      Workbench workbench,
      LocalServer server,
      Terminal terminal,
      ScheduledExecutorService clockwork)
      throws InterruptedException {
    workbench.begin();
    List<String> missing = workbench.missingElsewhere();
    if (!missing.isEmpty()) {
      throw new UserMistake(String.join("\nparigot: ", missing));
    }
    workbench.app().ifPresent(app -> introduce(files.nameOf(app), app, terminal));
    terminal.plain(
        "Parigot runs it at http://localhost:" + server.port() + "/ until you press Ctrl-C");
    if (cron != null) {
      fire(cron, workbench, terminal);
    }
    clockwork.scheduleWithFixedDelay(workbench::tick, 1, 1, TimeUnit.SECONDS);
    workbench.watch();
  }

  private static void introduce(String name, Blueprint app, Terminal terminal) {
    StringWriter overview = new StringWriter();
    new Overview(name, app).print(new PrintWriter(overview));
    terminal.introduce(app.services().keySet());
    terminal.plain(overview.toString().stripTrailing());
  }

  private static void fire(String name, Workbench workbench, Terminal terminal) {
    CallOutcome outcome =
        workbench
            .runCron(name)
            .orElseThrow(() -> new UserMistake("the manifest has no schedule " + name));
    if (outcome instanceof CallOutcome.Failed(int code, String message, boolean _)) {
      terminal.log(
          "parigot", 4, "cron " + name + ": " + Integer.toUnsignedString(code) + " " + message);
    }
  }
}
