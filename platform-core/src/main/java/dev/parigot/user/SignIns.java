package dev.parigot.user;

import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.manifest.Manifest;
import dev.parigot.problem.Problem;
import dev.parigot.signin.Directory;
import dev.parigot.signin.Offer;
import dev.parigot.signin.Providers;
import dev.parigot.signin.SignIn;
import dev.parigot.situation.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How the users of each app sign in on the platform. */
public final class SignIns {
  private final Users users;
  private final OpenId openId;

  public SignIns(Users users, OpenId openId) {
    this.users = users;
    this.openId = openId;
  }

  /** How those of an app do, as its manifest has it. */
  public SignIn of(App app, Manifest.SignIn declared) {
    List<Offer.Way> ways =
        declared.providers().entrySet().stream()
            .map(each -> new Offer.Way(each.getKey(), each.getValue().title(), true))
            .toList();
    return new SignIn(
        new Offer(app.name().value(), declared.signUp(), ways),
        new OfApp(app.id()),
        new ProvidersOfApp(app.id(), declared.providers()));
  }

  private static Directory.Outcome outcome(Supplier<Users.SignedIn> attempt) {
    try {
      Users.SignedIn signedIn = attempt.get();
      return new Directory.Outcome.SignedIn(signedIn.token(), signedIn.user());
    } catch (Problem problem) {
      return refused(problem);
    }
  }

  private static Directory.Outcome.Refused refused(Problem problem) {
    return new Directory.Outcome.Refused(
        problem.status(), problem.type(), problem.what(), problem.next());
  }

  private final class OfApp implements Directory {
    private final AppId app;

    OfApp(AppId app) {
      this.app = app;
    }

    @Override
    public Outcome signUp(Credentials credentials, String name, String remoteAddress) {
      return outcome(() ->
          users.signUp(app, credentials.email(), credentials.password(), name, remoteAddress));
    }

    @Override
    public Outcome signIn(Credentials credentials, String remoteAddress) {
      return outcome(
          () -> users.signIn(app, credentials.email(), credentials.password(), remoteAddress));
    }

    @Override
    public void signOut(String token) {
      users.signOut(app, token);
    }

    @Override
    public Optional<User> user(String token) {
      return users.user(app, token);
    }
  }

  private final class ProvidersOfApp implements Providers {
    private final AppId app;
    private final Map<String, Manifest.Provider> providers;

    ProvidersOfApp(AppId app, Map<String, Manifest.Provider> providers) {
      this.app = app;
      this.providers = providers;
    }

    @Override
    public Departure depart(String provider, String callback) {
      try {
        OpenId.Way way = openId.way(client(provider, callback));
        return new Departure.To(way.location(), way.kept());
      } catch (Problem problem) {
        return new Departure.No(refused(problem));
      }
    }

    @Override
    public Directory.Outcome arrive(
        String provider, String callback, Map<String, String> parameters, String kept) {
      return outcome(() ->
          users.vouchedFor(app, openId.identity(client(provider, callback), parameters, kept)));
    }

    private OpenId.Client client(String name, String callback) {
      Manifest.Provider provider = providers.get(name);
      if (provider == null) {
        throw Problem.notFound("The app knows no provider of that name.");
      }
      return new OpenId.Client(app, name, provider, callback);
    }
  }
}
