package dev.parigot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Dependency;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallPathsTest {
  private final CallPaths paths =
      new CallPaths(
          services(
              "store", "",
              "left", "store",
              "right", "store ~front",
              "front", "left right",
              "aside", "store"));

  /** Names and those whom each calls; {@code ~} starts a call. */
  private static Map<String, Contract> services(String... namesAndCallees) {
    Map<String, Contract> services = new LinkedHashMap<>();
    for (int i = 0; i < namesAndCallees.length; i += 2) {
      List<Dependency> calls =
          Arrays.stream(namesAndCallees[i + 1].split(" "))
              .filter(each -> !each.isEmpty())
              .map(each -> new Dependency(each.replace("~", ""), "m", each.startsWith("~"), 0))
              .toList();
      services.put(
          namesAndCallees[i],
          new Contract(Kind.SERVICE, List.of(), List.of(), calls, List.of(), false));
    }
    return services;
  }

  @Test
  void aCallReachesWhatItsCallsReach() {
    assertThat(paths.reach("front")).containsExactlyInAnyOrder("front", "left", "right", "store");
    assertThat(paths.reach("right")).containsExactlyInAnyOrder("right", "store");
    assertThat(paths.reach("elsewhere")).isEmpty();
  }

  @Test
  void onlyWhatLiesOnAWayMayBeUnderWay() {
    assertThat(paths.between("front", "left")).containsExactlyInAnyOrder("front", "left");
    assertThat(paths.between("front", "store"))
        .containsExactlyInAnyOrder("front", "left", "right", "store");
    assertThat(paths.between("store", "store")).containsExactly("store");
  }

  @Test
  void theCallerIsKnownWhereOnlyOneServiceCanHaveCalled() {
    assertThat(paths.caller("front", "left")).isEqualTo("front");
    assertThat(paths.caller("aside", "store")).isEqualTo("aside");
    assertThat(paths.caller("front", "store")).isNull();
  }
}
