package dev.parigot.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parigot.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchTest {
  private static final AppName SHOP = AppName.of("shop");

  @ParameterizedTest
  @ValueSource(strings = {"feature", "fix-42", "qa", "2026"})
  void aNameThatCanBePartOfAnAddressIsUsedAsItIs(String branch) {
    assertThat(SHOP.staging(Branch.of(branch))).hasToString(branch + "--shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Feature", "fix/rounding", "a--b", "a_b", "-é-", "xn", "ветка", "1.0", "a."})
  void anyOtherNameIsAlteredAndGetsAHash(String branch) {
    assertThat(SHOP.staging(new Branch(branch)).slug())
        .matches("[a-z0-9]+(-[a-z0-9]+)*")
        .matches("(.*-)?[0-9a-f]{6}");
  }

  @Test
  void branchesThatAreNearToEachOtherHaveAddressesOfTheirOwn() {
    Set<String> slugs = new HashSet<>();
    List<String> near = List.of("a-b", "a/b", "a_b", "a.b", "A-b", "a-B", "a--b");
    near.forEach(branch -> slugs.add(SHOP.staging(Branch.of(branch)).slug()));
    assertThat(slugs).hasSize(near.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "shop", "an-app-with-a-name-as-long-as-it"})
  void everyAddressIsOneLabelThatLeadsBack(String app) {
    AppName name = AppName.of(app.substring(0, Math.min(31, app.length())));
    for (int length = 1; length <= 250; length += 3) {
      AppName staged = name.staging(Branch.of("b".repeat(length)));
      assertThat(staged.value()).hasSizeLessThanOrEqualTo(63);
      assertThat(staged.production()).isEqualTo(name);
      assertThat(AppName.find(staged.value())).contains(staged);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "HEAD",
        "a b",
        "a..b",
        "/a",
        "a/",
        "a//b",
        ".a",
        "a/.b",
        "a.lock",
        "a.lock/b",
        "-a",
        "a~b",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[b",
        "a\\b",
        "a@{b",
        "a\tb",
        "a\u007fb"
      })
  void whatGitWouldNotTakeIsRefused(String name) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Branch.of(name))
        .returns(400, Problem::status);
  }

  @Test
  void aNameThatIsTooLongIsRefusedWithItsLength() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Branch.of("b".repeat(251)))
        .returns("branch-too-long", Problem::type);
  }
}
