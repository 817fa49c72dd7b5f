package dev.parigot.backup;

import dev.parigot.artifact.ArtifactException;
import dev.parigot.artifact.ArtifactStore;
import dev.parigot.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;

/** All artifacts, each under the digest that it is known by. */
public final class ArtifactHolding implements Holding {
  private final ArtifactStore store;

  public ArtifactHolding(ArtifactStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "artifacts";
  }

  @Override
  public void save(BackupWriter into) throws IOException {
    for (Digest digest : store.all()) {
      byte[] content;
      try {
        content = store.get(digest);
      } catch (ArtifactException e) {
        if (e.reason() == ArtifactException.Reason.MISSING) {
          continue; // Collected meanwhile: nothing that is kept needs it.
        }
        throw e;
      }
      into.entry(name() + "/" + digest.hex(), out -> out.write(content));
    }
  }

  @Override
  public void restore(BackupFile from) throws IOException {
    for (String entry : from.entries(name())) {
      try (InputStream in = from.read(name(), entry)) {
        var _ = store.put(in.readAllBytes());
      }
    }
  }
}
