package dev.parigot.web.gatewayhttp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of a request by their name in lower case, looked up when they are asked for: a
 * call of a method needs none of them.
 */
final class HeaderLines extends AbstractMap<String, List<String>> {
  private final HttpServletRequest request;

  HeaderLines(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public @Nullable List<String> get(@Nullable Object name) {
    List<String> lines =
        name instanceof String text ? Collections.list(request.getHeaders(text)) : List.of();
    return lines.isEmpty() ? null : lines;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, List<String>>> entrySet() {
    Map<String, List<String>> all = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      all.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
    }
    return all.entrySet();
  }
}
