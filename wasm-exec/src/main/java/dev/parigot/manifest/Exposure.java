package dev.parigot.manifest;

import java.util.List;

/** What of a service can be reached over HTTP. */
public sealed interface Exposure {
  /** Whether a method can be reached. */
  boolean includes(String method);

  /** Nothing: it is private. */
  record Nothing() implements Exposure {
    @Override
    public boolean includes(String method) {
      return false;
    }
  }

  /** All of its methods. */
  record Everything() implements Exposure {
    @Override
    public boolean includes(String method) {
      return true;
    }
  }

  /** Only the methods that are listed. */
  record Only(List<String> methods) implements Exposure {
    public Only {
      methods = List.copyOf(methods);
    }

    @Override
    public boolean includes(String method) {
      return methods.contains(method);
    }
  }
}
