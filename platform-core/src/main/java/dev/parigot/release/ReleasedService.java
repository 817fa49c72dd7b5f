package dev.parigot.release;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service of a release: its artifact, its settings and what its binary says of it.
 *
 * @param kind service, command or plain
 * @param digest {@code sha256:<hex>} of the module as it was pushed
 * @param size of the module in bytes
 * @param publicMethods null: private; empty list with {@code allPublic}: everything
 * @param memoryBytes the most linear memory of one instance
 * @param methods its methods (or callable exports); of a command {@code http} alone
 * @param dependsOn the calls it makes to other services
 * @param capabilities the import modules of the ABI that it uses, services left out; null if its
 *     release is older than these are kept
 * @param signedIn whether only those who are signed in can reach it; null if its release is older
 *     than that could be said
 */
public record ReleasedService(
    String name,
    String kind,
    String digest,
    long size,
    boolean allPublic,
    @Nullable List<String> publicMethods,
    int min,
    int max,
    long memoryBytes,
    long timeoutNanos,
    List<String> methods,
    List<Call> dependsOn,
    @Nullable List<String> capabilities,
    @Nullable Boolean signedIn) {
  /** Without what is only told of it. */
  public ReleasedService(
      String name,
      String kind,
      String digest,
      long size,
      boolean allPublic,
      @Nullable List<String> publicMethods,
      int min,
      int max,
      long memoryBytes,
      long timeoutNanos,
      List<String> methods,
      List<Call> dependsOn) {
    this(
        name,
        kind,
        digest,
        size,
        allPublic,
        publicMethods,
        min,
        max,
        memoryBytes,
        timeoutNanos,
        methods,
        dependsOn,
        null,
        null);
  }

  /** A call that the binary can make; sorted by service, method, and then whether it waits. */
  public record Call(String service, String method, boolean async) implements Comparable<Call> {
    private static final Comparator<Call> ORDER =
        Comparator.comparing(Call::service).thenComparing(Call::method).thenComparing(Call::async);

    @Override
    public int compareTo(Call other) {
      return ORDER.compare(this, other);
    }
  }

  /** Its methods that are reachable over HTTP. */
  public List<String> exposed() {
    if (allPublic) {
      return methods;
    }
    return publicMethods == null ? List.of() : publicMethods;
  }

  /** Whether only those who are signed in can reach it. */
  public boolean needsUser() {
    return Boolean.TRUE.equals(signedIn);
  }

  /** Whether anything of it is reachable over HTTP. */
  public boolean isPublic() {
    return allPublic || publicMethods != null;
  }
}
