package dev.parigot.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.web.testing.Running;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description of the API. */
class OpenApiTest {
  private final JsonNode api = Running.shared().stranger().get("openapi.json").mustBe(200).json();

  @Test
  void everyCallHasASummaryAndTellsItsProblems() {
    api.get("paths")
        .forEach(path ->
            path.forEach(call -> {
              assertThat(call.get("summary").stringValue()).isNotBlank();
              assertThat(call.get("responses").get("default").toString())
                  .contains("application/problem+json");
            }));
  }

  @Test
  void whatMakesAReleaseIsAnsweredWithIt() {
    for (String path : List.of("releases", "rollback")) {
      JsonNode call = api.get("paths").get("/api/v1/apps/{app}/" + path).get("post");
      assertThat(call.get("responses").get("201").toString())
          .contains("It is live.", "application/json", "schemas/");
    }
  }

  @Test
  void callsAreMadeWithATokenButForThoseThatLeadToOne() {
    JsonNode paths = api.get("paths");

    assertThat(api.get("security").toString()).contains("accessToken");
    assertThat(paths.get("/api/v1/tokens").get("post").get("security").toString())
        .contains("password");
    assertThat(paths.get("/api/v1/accounts").get("post").get("security")).isEmpty();
  }

  @Test
  void itNamesEveryCallThatIsServed() {
    Set<String> served = new TreeSet<>();
    Running.shared()
        .part("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(mapping ->
            mapping
                .getPatternValues()
                .forEach(path ->
                    mapping
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method -> served.add(method + " " + path))));
    served.removeIf(call -> !call.contains(" /api/v1/") || call.contains("openapi.json"));
    Set<String> described = new TreeSet<>();
    api.get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method ->
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(served).hasSizeGreaterThan(15).isEqualTo(described);
  }

  @Test
  void whatTheConsoleUsesIsNotInIt() {
    assertThat(api.get("paths").propertyNames()).allMatch(path -> path.startsWith("/api/v1/"));
  }
}
