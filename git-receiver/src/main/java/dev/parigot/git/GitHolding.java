package dev.parigot.git;

import dev.parigot.app.AppId;
import dev.parigot.backup.BackupFile;
import dev.parigot.backup.BackupWriter;
import dev.parigot.backup.Holding;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BundleWriter;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TransportBundleStream;
import org.eclipse.jgit.transport.URIish;

/** The repositories that have anything, each as a git bundle. */
public final class GitHolding implements Holding {
  private static final String SUFFIX = ".bundle";

  private final Repositories repositories;

  public GitHolding(Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public String name() {
    return "git";
  }

  /** What the refs lead to at one moment, whatever is pushed meanwhile. */
  @Override
  public void save(BackupWriter into) throws IOException {
    for (AppId app : repositories.all()) {
      try (Repository repository = repositories.open(app)) {
        List<Ref> refs = repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS);
        if (!refs.isEmpty()) {
          BundleWriter bundle = new BundleWriter(repository);
          refs.forEach(bundle::include);
          into.entry(
              name() + "/" + app.value() + SUFFIX,
              out -> bundle.writeBundle(NullProgressMonitor.INSTANCE, out));
        }
      }
    }
  }

  @Override
  public void restore(BackupFile from) throws IOException {
    for (String entry : from.entries(name())) {
      if (!entry.matches("\\d{1,18}\\" + SUFFIX)) {
        throw new IOException(name() + "/" + entry + " is no repository of an app");
      }
      AppId app = new AppId(Long.parseLong(entry.substring(0, entry.length() - SUFFIX.length())));
      try (Repository repository = repositories.open(app);
          InputStream bundle = from.read(name(), entry);
          TransportBundleStream transport =
              new TransportBundleStream(repository, new URIish("bundle:" + entry), bundle)) {
        transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+refs/*:refs/*")));
        Repositories.pointHead(repository);
      } catch (URISyntaxException e) {
        throw new IOException(e);
      }
    }
  }
}
