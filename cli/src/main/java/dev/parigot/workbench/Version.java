package dev.parigot.workbench;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Method;
import dev.parigot.engine.CallOutcome;
import dev.parigot.gateway.Gateway;
import dev.parigot.gateway.GatewayRequest;
import dev.parigot.gateway.GatewayResponse;
import dev.parigot.gateway.Routes;
import dev.parigot.gateway.Served;
import dev.parigot.gateway.SiteFile;
import dev.parigot.manifest.Blueprint;
import dev.parigot.manifest.Manifest;
import dev.parigot.signin.SignIn;
import dev.parigot.situation.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An app as its files were at one moment, running. Whoever uses it enters it first, and leaves it;
 * what it has begun, it ends.
 */
final class Version {
  private final Blueprint app;
  private final Program program;
  private final Calls calls;
  private final Tenancy tenancy;
  private final SiteFolder site;
  private final Journal journal;
  private final Failures failures;
  private final Excerpts excerpts;
  private final SignIn signIn;
  private final Routes routes;

  /**
   * @param signIn how its users sign in
   * @param forwarded the services that whole HTTP messages are forwarded to
   */
  Version(
      Blueprint app,
      Program program,
      Calls calls,
      Tenancy tenancy,
      SiteFolder site,
      Journal journal,
      Failures failures,
      Excerpts excerpts,
      SignIn signIn,
      Set<String> forwarded) {
    this.app = app;
    this.program = program;
    this.calls = calls;
    this.tenancy = tenancy;
    this.site = site;
    this.journal = journal;
    this.failures = failures;
    this.excerpts = excerpts;
    this.signIn = signIn;
    this.routes = routes(app, forwarded);
  }

  Blueprint app() {
    return app;
  }

  Manifest manifest() {
    return app.manifest();
  }

  /**
   * Starts what takes the first calls; throws {@link dev.parigot.engine.CannotStart} if it can't.
   */
  void start() {
    program.start();
  }

  boolean enter() {
    return tenancy.enter();
  }

  void leave() {
    tenancy.leave();
  }

  /** Lets nobody in any more, and ends with the last call. */
  void retire() {
    tenancy.retire();
  }

  /** The answer to a request from outside, of who has entered. */
  GatewayResponse answer(GatewayRequest request) {
    return SignIn.isFor(request)
        ? signIn.answer(request)
        : new Gateway(new Visit()).answer(signIn.known(request));
  }

  /** The request with the user who sends it. */
  GatewayRequest known(GatewayRequest request) {
    return signIn.known(request);
  }

  /** What a schedule or a queue does, of who has entered. */
  Calls calls() {
    return calls;
  }

  private static Routes routes(Blueprint app, Set<String> forwarded) {
    List<Routes.Declared> declared = new ArrayList<>();
    app.services()
        .forEach((name, part) -> {
          Contract contract = part.contract();
          declared.add(
              new Routes.Declared(
                  name,
                  // What comes back is a whole response, whoever made it.
                  contract.kind() == Contract.Kind.COMMAND && !forwarded.contains(name),
                  app.manifest().exposure(name, contract),
                  Objects.requireNonNull(app.manifest().services().get(name)).signedIn(),
                  methods(contract)));
        });
    Manifest.Site site = app.manifest().site();
    return new Routes(declared, site == null ? null : site.service());
  }

  /** A command is called as if it had one method. */
  private static List<String> methods(Contract contract) {
    return contract.kind() == Contract.Kind.COMMAND
        ? List.of(Routes.HTTP)
        : contract.methods().stream().map(Method::name).toList();
  }

  /** The services of an app as they are called. */
  static Map<String, Calls.Callee> callees(
      Blueprint app, Map<String, Remote> remotes, Conduct conduct) {
    Map<String, Calls.Callee> callees = new LinkedHashMap<>();
    app.services()
        .forEach((name, part) -> {
          Manifest.Service declared = Objects.requireNonNull(app.manifest().services().get(name));
          callees.put(
              name,
              new Calls.Callee(
                  methods(part.contract()), conduct.timeoutNanos(declared), remotes.get(name)));
        });
    return callees;
  }

  /** The version during one request, whose mishaps are kept for the page that tells of them. */
  private final class Visit implements Served {
    private List<Mishap> mishaps = List.of();

    @Override
    public Routes routes() {
      return routes;
    }

    @Override
    public CallOutcome call(String service, String method, byte[] request, @Nullable User user) {
      Calls.Told told = calls.fromOutside(service, method, request, user);
      mishaps = told.mishaps();
      return told.outcome();
    }

    @Override
    public boolean hasFile(String path) {
      return site.has(path);
    }

    @Override
    public Optional<SiteFile> file(String path) {
      return site.file(path);
    }

    @Override
    public void tell(String service, String error) {
      journal.log(service, 4, error);
    }

    @Override
    public Optional<GatewayResponse> failure(
        GatewayRequest request, String service, String method, CallOutcome outcome) {
      Mishap mishap = new Mishap(service, method, outcome);
      if (!Mishap.is(outcome) && (mishaps.isEmpty() || outcome.code() < 500)) {
        return Optional.empty();
      }
      List<Mishap> before = mishaps.stream().filter(each -> !each.equals(mishap)).toList();
      return Optional.of(
          failures.answer(request, status(service, outcome), mishap, before, excerpts));
    }

    /** As the ABI has it: a command that fails is a bad gateway. */
    private int status(String service, CallOutcome outcome) {
      boolean command =
          Objects.requireNonNull(app.services().get(service)).contract().kind()
              == Contract.Kind.COMMAND;
      if (command && outcome instanceof CallOutcome.Trapped) {
        return 502;
      }
      int code = outcome.code();
      return code >= 500 && code <= 599 || code == 408 ? code : 500;
    }
  }
}
