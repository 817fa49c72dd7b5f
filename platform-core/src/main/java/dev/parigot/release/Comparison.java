package dev.parigot.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a release changes, told by the content of its services and not by where they lie. */
final class Comparison {
  private Comparison() {}

  static Release.Changes of(List<ReleasedService> before, List<ReleasedService> now) {
    Map<String, String> removed = new LinkedHashMap<>();
    before.forEach(service -> removed.put(service.name(), service.digest()));
    List<String> changed = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    List<String> added = new ArrayList<>();
    for (ReleasedService service : now) {
      String digest = removed.remove(service.name());
      if (digest == null) {
        added.add(service.name());
      } else if (digest.equals(service.digest())) {
        unchanged.add(service.name());
      } else {
        changed.add(service.name());
      }
    }
    return new Release.Changes(changed, unchanged, added, List.copyOf(removed.keySet()));
  }
}
