package dev.parigot.git;

import dev.parigot.account.Account;
import dev.parigot.app.App;
import dev.parigot.problem.Problem;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.http.server.resolver.DefaultUploadPackFactory;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.resolver.ServiceNotAuthorizedException;
import org.jspecify.annotations.Nullable;

/**
 * The git remote of every app, over smart HTTP, as a servlet to be mapped at {@code /git/*}. Each
 * app's address is {@code <name>.git}; it answers its owner only, and 404 to everybody else.
 */
public final class GitRemote extends GitServlet {
  private static final String CLIENT = GitRemote.class.getName() + ".client";
  private static final String QUARANTINE = GitRemote.class.getName() + ".quarantine";
  private static final String APP = GitRemote.class.getName() + ".app";

  private final transient Repositories repositories;
  private final transient AccountOfRequest accounts;
  private final transient AppOfAccount apps;
  private final transient Deployer deployer;
  private final transient Executor threads;

  /**
   * @param threads run what goes beside a push: a short-lived task each, which mostly waits
   */
  public GitRemote(
      Repositories repositories,
      AccountOfRequest accounts,
      AppOfAccount apps,
      Deployer deployer,
      Executor threads) {
    this.repositories = repositories;
    this.accounts = accounts;
    this.apps = apps;
    this.deployer = deployer;
    this.threads = threads;
    setRepositoryResolver(this::open);
    setUploadPackFactory(new DefaultUploadPackFactory());
    setReceivePackFactory(this::receive);
    setAsIsFileService(AsIsFileService.DISABLED);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (accounts.of(request).isEmpty()) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Parigot\", charset=\"UTF-8\"");
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    Client client = new Client(response);
    request.setAttribute(CLIENT, client);
    try {
      super.service(request, client);
    } finally {
      if (request.getAttribute(QUARANTINE) instanceof Quarantine quarantine) {
        quarantine.close();
        App app = (App) request.getAttribute(APP);
        threads.execute(() -> repositories.tidy(app.id()));
      }
    }
  }

  private Repository open(HttpServletRequest request, String name)
      throws RepositoryNotFoundException,
          ServiceNotAuthorizedException,
          ServiceMayNotContinueException {
    App app = appOf(request, name);
    request.setAttribute(APP, app);
    try {
      return repositories.open(app.id());
    } catch (IOException e) {
      throw new ServiceMayNotContinueException("The repository can't be opened.", e);
    }
  }

  private App appOf(HttpServletRequest request, String name)
      throws RepositoryNotFoundException, ServiceNotAuthorizedException {
    String app = name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    try {
      return apps.require(accountOf(request).id(), app);
    } catch (Problem problem) {
      throw new RepositoryNotFoundException(name, problem);
    }
  }

  private Account accountOf(HttpServletRequest request) throws ServiceNotAuthorizedException {
    return accounts.of(request).orElseThrow(ServiceNotAuthorizedException::new);
  }

  private ReceivePack receive(HttpServletRequest request, @Nullable Repository repository)
      throws ServiceNotAuthorizedException {
    Account by = accountOf(request);
    App app = (App) request.getAttribute(APP);
    if (repository == null || request.getMethod().equals("GET")) {
      ReceivePack advertisement = new ReceivePack(repository);
      advertisement.setAllowPushOptions(true);
      return advertisement;
    }
    Quarantine quarantine = quarantine(repository);
    request.setAttribute(QUARANTINE, quarantine);
    return new Reception(
        app,
        by,
        quarantine,
        repositories,
        (Client) request.getAttribute(CLIENT),
        deployer,
        threads);
  }

  private static Quarantine quarantine(Repository repository) {
    try {
      return Quarantine.in(repository);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
