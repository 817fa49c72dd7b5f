package dev.parigot.cli;

import dev.parigot.cli.platform.Credentials;
import dev.parigot.cli.platform.Refused;
import dev.parigot.cli.platform.Unreachable;
import dev.parigot.manifest.MalformedApp;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code parigot}, which leads to its verbs. */
@Command(
    name = "parigot",
    description =
        "Makes, checks, runs, tests and winds apps of WASM services on this machine, and deploys"
            + " them.",
    mixinStandardHelpOptions = false,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:good",
      "1:your app or what you asked for has mistakes, or a test failed",
      "2:wrong usage",
      "3:Parigot itself failed, or the platform"
    })
public final class Parigot implements Runnable {
  /** What the user gave is wrong. */
  static final int MISTAKEN = 1;

  /** Parigot itself failed, or the platform did. */
  static final int BROKEN = 3;

  /** In the order in which they are listed. */
  private static final Map<String, Class<?>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("init", InitCommand.class);
    VERBS.put("check", CheckCommand.class);
    VERBS.put("local", LocalCommand.class);
    VERBS.put("test", TestCommand.class);
    VERBS.put("timing", TimingCommand.class);
    VERBS.put("replay", ReplayCommand.class);
    VERBS.put("wind", WindCommand.class);
    VERBS.put("login", LoginCommand.class);
    VERBS.put("logout", LogoutCommand.class);
    VERBS.put("apps", AppsCommand.class);
    VERBS.put("create", CreateCommand.class);
    VERBS.put("deploy", DeployCommand.class);
    VERBS.put("releases", ReleasesCommand.class);
    VERBS.put("rollback", RollbackCommand.class);
    VERBS.put("staging", StagingCommand.class);
    VERBS.put("promote", PromoteCommand.class);
    VERBS.put("ps", PsCommand.class);
    VERBS.put("logs", LogsCommand.class);
    VERBS.put("config", ConfigCommand.class);
    VERBS.put("tests", TestsCommand.class);
    VERBS.put("cron", CronCommand.class);
    VERBS.put("queues", QueuesCommand.class);
    VERBS.put("channels", ChannelsCommand.class);
    VERBS.put("users", UsersCommand.class);
    VERBS.put("history", HistoryCommand.class);
    VERBS.put("demo", DemoCommand.class);
    VERBS.put("domains", DomainsCommand.class);
    VERBS.put("open", OpenCommand.class);
  }

  @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "print this")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "print the version")
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Path dir;
  private final Map<String, String> environment;
  private final BufferedReader input;

  /**
   * @param dir the working folder
   * @param environment what the environment's variables are
   */
  Parigot(Path dir, Map<String, String> environment, Reader input) {
    this.dir = dir;
    this.environment = environment;
    this.input = new BufferedReader(input);
  }

  public static void main(String... arguments) {
    Charset charset = Charset.defaultCharset();
    Parigot parigot =
        new Parigot(Path.of(""), System.getenv(), new InputStreamReader(System.in, charset));
    String verb = arguments.length == 0 ? "" : arguments[0];
    System.exit(parigot.commandLine(verb).execute(arguments));
  }

  /** Without a verb there is nothing to do. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
  }

  Path dir() {
    return dir;
  }

  Map<String, String> environment() {
    return environment;
  }

  BufferedReader input() {
    return input;
  }

  /** Where this user's logins are kept. */
  Credentials credentials() {
    String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config =
        folder.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
            : Path.of(folder);
    return new Credentials(config.resolve("parigot").resolve("credentials"));
  }

  /** The command with all its verbs, ready to be executed; its answer is the exit code. */
  CommandLine commandLine() {
    return commandLine("");
  }

  /**
   * The same with that verb alone, if it is one: to read how all of them are used takes longer than
   * many a verb itself.
   */
  private CommandLine commandLine(String verb) {
    CommandLine line = new CommandLine(this);
    VERBS.forEach((name, command) -> {
      if (name.equals(verb) || !VERBS.containsKey(verb)) {
        line.addSubcommand(name, command);
      }
    });
    line.setParameterExceptionHandler((wrong, _) -> tell(wrong));
    line.setExecutionExceptionHandler((exception, command, _) -> {
      command.getOut().flush();
      PrintWriter errors = command.getErr();
      switch (exception) {
        case MalformedApp malformed -> tell(errors, malformed);
        case UserMistake mistake -> errors.println("parigot: " + mistake.getMessage());
        case Refused refused -> {
          tell(errors, refused);
          return refused.platformFailed() ? BROKEN : MISTAKEN;
        }
        case Unreachable unreachable -> {
          errors.println("parigot: " + Printable.of(String.valueOf(unreachable.getMessage())));
          return BROKEN;
        }
        default -> {
          errors.println("parigot: Parigot itself failed; please report this:");
          exception.printStackTrace(errors);
          return BROKEN;
        }
      }
      return MISTAKEN;
    });
    return line;
  }

  /** Without the verb's whole usage, in which the reason would be lost. */
  private static int tell(CommandLine.ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter errors = command.getErr();
    errors.println("parigot: " + wrong.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, errors)) {
      if (command.getParent() == null) {
        command.usage(errors);
      } else {
        errors.println(command.getCommandSpec().qualifiedName() + " --help tells how it is used.");
      }
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static void tell(PrintWriter errors, Refused refused) {
    errors.println("parigot: " + Printable.of(refused.what()));
    refused.details().forEach(line -> errors.println("  " + Printable.of(line)));
    if (refused.next() != null) {
      errors.println(Printable.of(refused.next()));
    }
  }

  private static void tell(PrintWriter errors, MalformedApp malformed) {
    malformed.mistakes().forEach(errors::println);
    int count = malformed.mistakes().size();
    errors.println("parigot: " + count + (count == 1 ? " mistake" : " mistakes"));
  }
}
