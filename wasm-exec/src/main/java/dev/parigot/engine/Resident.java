package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.host.Guest;
import dev.parigot.host.GuestMemory;
import dev.parigot.host.GuestStop;
import dev.parigot.host.Imports;
import dev.parigot.host.Packed;
import dev.parigot.situation.Call;
import dev.parigot.situation.User;
import dev.parigot.wasm.ExternalKind;
import dev.parigot.wasm.Import;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * One service of an instance: its memory, how calls enter it, and what it imports. There is one in
 * an instance unless services were wound.
 */
final class Resident implements Guest {
  private final Instance house;
  private final String name;
  private final Contract contract;
  private final List<Link> links = new ArrayList<>();
  private Tenant tenant;
  private Imports imports;

  private volatile @Nullable GuestMemory memory;
  private @Nullable Entry entry;
  private boolean giving;

  /**
   * @param name that it was wound with, or empty
   */
  Resident(Instance house, String name, Tenant tenant, Contract contract) {
    this.house = house;
    this.name = name;
    this.tenant = tenant;
    this.contract = contract;
    this.imports = imports();
  }

  private Imports imports() {
    return isCommand()
        ? Imports.ofCommand(this, tenant.situation(), tenant.service())
        : Imports.of(this, tenant.situation(), tenant.service());
  }

  /** Another one lives here from now on, as in a new instance. */
  void changeTenant(Tenant next) {
    tenant = next;
    imports = imports();
    links.forEach(each -> each.function = function(each.module, each.wanted));
  }

  /** Something that the instance imports, for whoever lives here. */
  private final class Link implements ProxyExecutable {
    private final String module;
    private final Import wanted;
    private ProxyExecutable function;

    Link(String module, Import wanted) {
      this.module = module;
      this.wanted = wanted;
      this.function = function(module, wanted);
    }

    @Override
    public Object execute(Value... arguments) {
      if (memory != null) {
        memory.guestHasRun();
      }
      house.reachesOutside();
      return function.execute(arguments);
    }
  }

  boolean isCommand() {
    return contract.kind() == Kind.COMMAND;
  }

  String service() {
    return tenant.service();
  }

  /** What provides an import; its module is named without the service. */
  ProxyExecutable provide(String module, Import wanted) {
    Link link = new Link(module, wanted);
    links.add(link);
    return link;
  }

  private ProxyExecutable function(String module, Import wanted) {
    return imports
        .function(module, wanted.name())
        .filter(_ -> wanted.type().kind() == ExternalKind.FUNCTION)
        .orElseThrow(() ->
            new CannotStart(
                "%s imports %s %s (byte %s), which nothing provides"
                    .formatted(service(), module, wanted.name(), wanted.offset())));
  }

  /** To be called once the instance is made. */
  void moveIn(Context context, Value instance) {
    Exports exports = new Exports(instance, name.isEmpty() ? "" : name + ".");
    Value linear = exports.find("memory");
    if (linear != null && linear.hasBufferElements()) {
      memory = new GuestMemory(context, linear);
    }
    entry =
        switch (contract.kind()) {
          case SERVICE -> new ServiceEntry(exports, contract.methods(), memory(), house::spoil);
          case PLAIN -> new PlainEntry(exports, contract.methods());
          case COMMAND ->
              new CommandEntry(
                  exports,
                  service(),
                  tenant.situation().configuration(),
                  house.code().starters(),
                  imports,
                  memory == null || exports.find("parigot_alloc") == null
                      ? null
                      : new Room(exports, memory()));
        };
  }

  /** The instance is about to be made again. */
  void moveOut() {
    memory = null;
    entry = null;
    links.clear();
  }

  private Entry entry() {
    if (entry == null) {
      throw new IllegalStateException("The instance is not made yet");
    }
    return entry;
  }

  /** Runs a method; see {@link Entry#call}. */
  CallOutcome call(String method, byte[] request) {
    if (isCommand()) {
      house.spoil();
    }
    return entry().call(method, request);
  }

  void warm() {
    entry().warm();
  }

  void callHasEnded() {
    imports.callHasEnded();
  }

  /** The size of its memory as it was when last seen. */
  long memoryBytes() {
    GuestMemory present = memory;
    return present == null ? 0 : present.lastSize();
  }

  /** The service that called it, as far as that is known, since another one was entered. */
  @Nullable String callerSince(Resident entered) {
    return house.code().paths().caller(entered.name, name);
  }

  /** The services that may be in the middle of a call while it runs, since one was entered. */
  Set<String> underWaySince(Resident entered) {
    return house.code().paths().between(entered.name, name);
  }

  @Override
  public String instance() {
    return tenant.instance();
  }

  @Override
  public Call call() {
    return house.visit().callOf(this);
  }

  @Override
  public void actAs(@Nullable User user) {
    house.actAs(user);
  }

  @Override
  public boolean initializing() {
    return house.initializing();
  }

  @Override
  public GuestMemory memory() {
    if (memory == null) {
      throw new GuestStop.Trap("an import needs the module's memory, which it doesn't export");
    }
    return memory;
  }

  @Override
  public boolean canEnter(String service) {
    return house.canEnter(this, service);
  }

  @Override
  public CallOutcome enter(Call call, byte[] request) {
    return house.enter(this, call, request);
  }

  @Override
  public long give(byte[] bytes) {
    return given(present -> present.give(bytes));
  }

  @Override
  public long fail(int code, String message) {
    return given(present -> present.fail(code, message));
  }

  private long given(ToLongFunction<Entry> gift) {
    if (giving) {
      throw new GuestStop.Trap("parigot_alloc must not use imports");
    }
    giving = true;
    try {
      return entry == null ? Packed.NO_ROOM : gift.applyAsLong(entry);
    } finally {
      giving = false;
    }
  }

  @Override
  public <T extends @Nullable Object> T outside(Supplier<T> effect) {
    return house.outside(effect);
  }
}
