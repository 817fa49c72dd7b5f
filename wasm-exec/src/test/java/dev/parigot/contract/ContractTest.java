package dev.parigot.contract;

import static dev.parigot.contract.Modules.module;
import static dev.parigot.contract.Modules.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.parigot.contract.Contract.Kind;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Limits;
import dev.parigot.wasm.Offset;
import dev.parigot.wasm.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {
  @Test
  void aServiceExportsMemoryAnAllocatorAndMethods() {
    Contract cart =
        service("add").method("http").function("_initialize", "", "").method("_hidden").contract();

    assertThat(cart.kind()).isEqualTo(Kind.SERVICE);
    assertThat(cart.methods()).extracting(Method::name).containsExactly("add", "http");
    assertThat(cart.initializes()).isTrue();
  }

  @Test
  void aServicesStartIsNoMatter() {
    assertThat(service("add").function("_start", "", "").contract().kind()).isEqualTo(Kind.SERVICE);
  }

  @Test
  void aCommandExportsStart() {
    Contract cgi =
        module()
            .imports("wasi_snapshot_preview1", "fd_write", "i32 i32 i32 i32", "i32")
            .memory()
            .function("_start", "", "")
            .method("helper")
            .contract();

    assertThat(cgi.kind()).isEqualTo(Kind.COMMAND);
    assertThat(cgi.methods()).isEmpty();
    assertThat(cgi.capabilities()).containsExactly("wasi_snapshot_preview1");
  }

  @Test
  void aPlainModulesFunctionsOverNumbersAreCallable() {
    Contract numbers =
        module()
            .function("add", "i32 i64", "f64")
            .function("pair", "", "i32 f32")
            .function("look", "externref", "i32")
            .function("_initialize", "", "")
            .memory()
            .contract();

    assertThat(numbers.kind()).isEqualTo(Kind.PLAIN);
    assertThat(numbers.methods()).extracting(Method::name).containsExactly("add", "pair");
    assertThat(numbers.methods().getFirst().type()).hasToString("(i32, i64) -> f64");
    assertThat(numbers.notCallable()).containsExactly("look", "memory");
    assertThat(numbers.initializes()).isTrue();
  }

  @Test
  void dependenciesAndCapabilitiesAreReadFromTheImports() {
    Contract cart =
        service("add")
            .calls("stock", "reserve")
            .starts("mailer", "send")
            .calls("stock", "reserve")
            .imports("parigot:future", "wait", "i32", "i64")
            .imports("parigot:kv", "get", "i32 i32", "i64")
            .imports("parigot:kv", "put", "i32 i32 i32 i32", "i64")
            .contract();

    assertThat(cart.dependencies())
        .extracting(Dependency::service, Dependency::method, Dependency::async)
        .containsExactly(tuple("stock", "reserve", false), tuple("mailer", "send", true));
    assertThat(cart.dependencies().getFirst().offset()).isPositive();
    assertThat(cart.capabilities()).containsExactly("parigot:future", "parigot:kv");
  }

  @Test
  void everyViolationIsToldAtOnceWithItsOffset() {
    List<Violation> violations =
        violations(
            service("add")
                .imports("parigot:kv", "gett", "i32 i32", "i64")
                .imports("parigot:log", "write", "i32 i32", "")
                .imports("parigot:kvs", "get", "i32 i32", "i64"),
            Role.SERVICE);

    assertThat(violations)
        .extracting(Violation::what)
        .containsExactly(
            "nothing provides `parigot:kv`.`gett`",
            "`parigot:log`.`write` is imported as (i32, i32), but it is (i32, i32, i32)",
            "nothing provides `parigot:kvs`.`get`");
    assertThat(violations)
        .extracting(Violation::next)
        .containsExactly(
            "Did you mean `parigot:kv`.`get`?", "", "Did you mean `parigot:kv`.`get`?");
    assertThat(violations).extracting(Violation::offset).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "env, abort, --use abort=",
    "env, puts, link it",
    "'wasi:cli/run@0.2.0', run, wasm32-wasip1",
    "wasi_snapshot_preview1, fd_writ, Did you mean `wasi_snapshot_preview1`.`fd_write`?",
    "parigot:clock, later, 'There is: now_ns, monotonic_ns, sleep_ns.'",
    "js, alert, Modules import from parigot:",
  })
  void anImportThatNothingProvidesIsRefusedWithACure(String module, String name, String cure) {
    assertThat(violations(service("add").imports(module, name, "i32 i32", "i64"), Role.SERVICE))
        .singleElement()
        .satisfies(violation -> assertThat(violation.next()).contains(cure));
  }

  @Test
  void aMemoryCannotBeImported() {
    assertThat(
            violations(
                service("add")
                    .imports("env", "memory", new ExternalType.OfMemory(new Limits(1, null))),
                Role.SERVICE))
        .extracting(Violation::what)
        .contains("it imports the memory `env`.`memory`");
  }

  @Test
  void aServiceHasAMemoryOf32Bits() {
    ExternalType.OfMemory wide =
        new ExternalType.OfMemory(new Limits(1, null), ValueType.I64, Offset.NONE);
    Modules module = module().memory(wide).method("add").function("parigot_alloc", "i32", "i32");

    assertThat(violations(module, Role.SERVICE))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.what()).isEqualTo("a 64-bit memory in a service");
          assertThat(violation.offset()).isPositive();
        });
    assertThat(violations(module().memory(wide).function("_start", "", ""), Role.SERVICE))
        .extracting(Violation::what)
        .containsExactly("a 64-bit memory in a command");
    assertThat(module().memory(wide).function("add", "i32", "i32").contract().kind())
        .isEqualTo(Kind.PLAIN);
  }

  @ParameterizedTest
  @CsvSource({"Cart, add, can't name a service", "cart, add-one, can't name a method"})
  void aCallMustNameAServiceAndAMethod(String service, String method, String reason) {
    assertThat(violations(service("a").calls(service, method), Role.SERVICE))
        .singleElement()
        .satisfies(violation -> assertThat(violation.what()).contains(reason));
  }

  @Test
  void aModuleThatMissesBeingAServiceIsToldWhatItLacks() {
    Modules noMethod = module().memory().function("parigot_alloc", "i32", "i32");
    noMethod.function("add", "i32 i32", "i32");

    assertThat(violations(noMethod, Role.SERVICE))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.what()).contains("`parigot_alloc` is that of a service");
          assertThat(violation.next())
              .isEqualTo(
                  "It lacks a method: an exported function of type (i32, i32) -> i64."
                      + " `add` is (i32, i32) -> i32.");
        });
    assertThat(
            violations(module().function("parigot_alloc", "i32", "i32").method("a"), Role.SERVICE))
        .singleElement()
        .satisfies(violation -> assertThat(violation.next()).contains("named `memory`"));
  }

  @ParameterizedTest
  @CsvSource({
    "_initialize, i32, '()'",
    "_start, '', '()'",
    "parigot_free, i32, '(i32, i32)'",
    "parigot_alloc, 'i32 i32', '(i32) -> i32'",
  })
  void aSpecialExportOfAnotherTypeIsRefused(String name, String params, String expected) {
    Modules module = module().memory().method("add").function(name, params, "i64");

    assertThat(violations(module, Role.SERVICE))
        .anySatisfy(violation -> {
          assertThat(violation.what()).startsWith("the export `" + name + "` has the type ");
          assertThat(violation.next()).isEqualTo("It must be a function of type " + expected + ".");
        });
  }

  @Test
  void aCommandNeedsMemoryAndAllocatorForTheAbi() {
    Modules command =
        module()
            .imports("parigot:kv", "get", "i32 i32", "i64")
            .imports("parigot:kv", "delete", "i32 i32", "i64")
            .memory()
            .function("_start", "", "");

    assertThat(violations(command, Role.SERVICE))
        .singleElement()
        .satisfies(violation ->
            assertThat(violation.next()).contains("exports `memory` and `parigot_alloc`"));
    assertThat(command.function("parigot_alloc", "i32", "i32").contract().kind())
        .isEqualTo(Kind.COMMAND);
  }

  @Test
  void aPlainModuleCannotImportTheAbi() {
    assertThat(
            violations(
                module()
                    .imports("parigot:clock", "now_ns", "", "i64")
                    .function("add", "i32", "i32"),
                Role.SERVICE))
        .singleElement()
        .satisfies(
            violation -> assertThat(violation.what()).startsWith("a plain module can't import"));
  }

  @Test
  void onlyTestModulesReachTheTestFunctions() {
    Modules module = service("testBuy").imports("parigot:test", "quiesce", "", "");

    assertThat(violations(module, Role.SERVICE))
        .singleElement()
        .satisfies(violation -> assertThat(violation.next()).contains("[tests]"));
    assertThat(Contract.of(module.build(), Role.TEST).capabilities())
        .containsExactly("parigot:test");
  }

  @Test
  void aTestModuleHasTests() {
    assertThat(violations(service("add"), Role.TEST))
        .extracting(Violation::what)
        .containsExactly("the test module has no test");
    assertThat(violations(module().function("add", "", ""), Role.TEST))
        .extracting(Violation::what)
        .containsExactly("a test module must be a service, but this is a plain module");
  }

  private static List<Violation> violations(Modules module, Role role) {
    ContractViolated violated =
        catchThrowableOfType(ContractViolated.class, () -> Contract.of(module.build(), role));
    assertThat(violated).as("the module is accepted").isNotNull();
    return violated.violations();
  }
}
