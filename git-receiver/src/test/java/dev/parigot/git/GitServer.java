package dev.parigot.git;

import dev.parigot.account.Account;
import dev.parigot.account.AccountId;
import dev.parigot.app.App;
import dev.parigot.app.AppId;
import dev.parigot.app.AppName;
import dev.parigot.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** The git remote behind a real HTTP server on a free port, with two accounts and their apps. */
final class GitServer implements AutoCloseable {
  static final Account ADA = new Account(new AccountId(1), "ada@example.org", "Ada", Instant.EPOCH);
  static final Account BOB = new Account(new AccountId(2), "bob@example.org", "Bob", Instant.EPOCH);

  private static final Logger CONTAINER = Logger.getLogger("org.apache");

  static {
    CONTAINER.setLevel(Level.SEVERE);
  }

  final Repositories repositories;
  final RecordedDeployer deployer = new RecordedDeployer();
  final Map<String, App> apps = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Tomcat tomcat = new Tomcat();

  GitServer(Path folder) throws LifecycleException {
    repositories = new Repositories(folder.resolve("git"));
    add(new App(new AppId(7), AppName.of("shop"), ADA.id(), Instant.EPOCH));
    add(new App(new AppId(8), AppName.of("other"), BOB.id(), Instant.EPOCH));
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setMaxPostSize(-1);
    Context context = tomcat.addContext("", null);
    GitRemote remote =
        new GitRemote(repositories, GitServer::account, this::require, deployer, threads);
    Tomcat.addServlet(context, "git", remote);
    context.addServletMappingDecoded("/git/*", "git");
    tomcat.start();
  }

  void add(App app) {
    apps.put(app.name().value(), app);
  }

  String url(String app, Account account) {
    String user = account.email().replace("@", "%40") + ":secret@";
    return "http://" + user + "127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/git/" + app;
  }

  private App require(AccountId owner, String name) {
    return Optional.ofNullable(apps.get(name))
        .filter(app -> app.owner().equals(owner))
        .orElseThrow(() -> Problem.notFound("There is no app \"" + name + "\"."));
  }

  private static Optional<Account> account(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return Optional.empty();
    }
    String credentials =
        new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    return credentials.startsWith("ada") ? Optional.of(ADA) : Optional.of(BOB);
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    threads.close();
  }
}
