package dev.parigot.cli.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The platforms that this user is logged in to, in a file that nobody else may read. */
public final class Credentials {
  private static final TypeReference<List<Login>> LOGINS = new TypeReference<>() {};

  private final Path file;

  /** Where the file is, which need not exist yet. */
  public Credentials(Path file) {
    this.file = file;
  }

  /**
   * A platform, and the token that opens it.
   *
   * @param email of the account, or null where only the token was given
   * @param tokenId by which the token is revoked, or null where only the token was given
   */
  public record Login(String url, @Nullable String email, @Nullable Long tokenId, String token) {
    public URI address() {
      return URI.create(url);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return email == null ? url : url + " as " + email;
    }
  }

  /** In the order of logging in. */
  public List<Login> all() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return JsonMapper.shared().readValue(Files.readString(file), LOGINS);
    } catch (IOException | JacksonException e) {
      throw new IllegalStateException(file + " can't be read; log in again after removing it", e);
    }
  }

  public Optional<Login> of(URI platform) {
    return all().stream().filter(login -> login.address().equals(platform)).findFirst();
  }

  /** Keeps it, in the place of another one of the same platform. */
  public void put(Login login) {
    List<Login> logins = without(login.address());
    logins.add(login);
    write(logins);
  }

  public void remove(URI platform) {
    write(without(platform));
  }

  private List<Login> without(URI platform) {
    List<Login> logins = new ArrayList<>(all());
    logins.removeIf(login -> login.address().equals(platform));
    return logins;
  }

  /** Whole or not at all; never readable by others, not even for a moment. */
  private void write(List<Login> logins) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      create(fresh);
      Files.writeString(
          fresh,
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(logins) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written", e);
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions: the user's folder is theirs alone.
      createPlain(file);
    }
  }

  private static void createPlain(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      Files.delete(file);
      Files.createFile(file);
    }
  }
}
