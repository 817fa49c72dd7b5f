package dev.parigot.engine;

import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.ContractViolated;
import dev.parigot.contract.Role;
import dev.parigot.source.SourceLine;
import dev.parigot.source.SourceLines;
import dev.parigot.wasm.Bounds;
import dev.parigot.wasm.Bytes;
import dev.parigot.wasm.ExternalType;
import dev.parigot.wasm.Import;
import dev.parigot.wasm.MalformedWasm;
import dev.parigot.wasm.MemoryLimits;
import dev.parigot.wasm.Rewind;
import dev.parigot.wasm.Trail;
import dev.parigot.wasm.WasmModule;
import dev.parigot.wasm.WasmReader;
import dev.parigot.wasm.WasmWriter;
import dev.parigot.wind.CannotWind;
import dev.parigot.wind.Options;
import dev.parigot.wind.Part;
import dev.parigot.wind.Wind;
import dev.parigot.wind.WindMap;
import dev.parigot.wind.Wound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.jspecify.annotations.Nullable;

/**
 * A module made ready to be instantiated: limits written in, parsed once, its compiled code shared
 * by all instances. It lives as long as somebody holds it or one of its instances.
 */
public final class Code {
  /**
   * The name under which a start function is exported instead. A start function runs while nothing
   * of its instance can be reached yet, its memory neither: its imports could not do their work.
   */
  static final String START = "parigot start";

  static final String INITIALIZE = "_initialize";

  /**
   * Calls within each other in one instance under test. They take up to 15 MiB of a stack before
   * any code is compiled: see {@link Limits#TEST_STACK_BYTES}.
   */
  static final int MOST_DEEP = 5_000;

  /** Rounds of loops in an instance under test; a few seconds, once they are compiled. */
  private static final int MOST_ROUNDS = Integer.MAX_VALUE;

  /** The name of the service of a module that was not wound: it tells none. */
  static final String ALONE = "";

  private final String digest;
  private final Duration startLimit;
  private final Map<String, Contract> services;
  private final CallPaths paths;
  private final List<Edge> edges;
  private final List<Import> imports;
  private final int memories;
  private final boolean wide;
  private final Source source;
  private final List<String> starters;
  private final Map<Integer, String> names;
  private final @Nullable LongFunction<String> lines;
  private final boolean repeatable;
  private final boolean restorable;
  private final boolean bounded;
  private final Map<Boolean, Beginning> beginnings = new ConcurrentHashMap<>();

  private Code(
      String digest,
      WasmModule module,
      byte[] file,
      boolean repeatable,
      boolean restorable,
      boolean bounded,
      Duration startLimit,
      Map<String, Contract> services,
      List<String> starters,
      Map<Integer, String> names) {
    this.digest = digest;
    this.startLimit = startLimit;
    this.services = Collections.unmodifiableMap(services);
    this.paths = new CallPaths(services);
    this.edges = edges(services);
    this.imports = module.imports();
    this.memories = module.memories().size();
    this.wide = module.memories().stream().anyMatch(ExternalType.OfMemory::isWide);
    this.source = Source.newBuilder("wasm", ByteSequence.create(file), digest).buildLiteral();
    this.starters = starters;
    this.names = names;
    this.lines = null;
    this.repeatable = repeatable;
    this.restorable = restorable;
    this.bounded = bounded;
  }

  /**
   * The same, leaving a trail.
   *
   * @param module what it was read from, with its limits
   * @param lines the line of the source of each place in that, or nothing
   */
  private Code(Code plain, WasmModule module, LongFunction<String> lines) {
    this.digest = plain.digest;
    this.startLimit = plain.startLimit;
    this.services = plain.services;
    this.paths = plain.paths;
    this.edges = plain.edges;
    this.imports = plain.imports;
    this.memories = plain.memories;
    this.wide = plain.wide;
    this.source =
        Source.newBuilder(
                "wasm",
                ByteSequence.create(WasmWriter.write(Trail.laidIn(module))),
                plain.digest + " with a trail")
            .buildLiteral();
    this.starters = plain.starters;
    this.names = plain.names;
    this.lines = lines;
    this.repeatable = false;
    this.restorable = false;
    this.bounded = false;
  }

  /** A call that one of the services can make. */
  record Edge(String from, String to, String method) {}

  private static List<Edge> edges(Map<String, Contract> services) {
    List<Edge> edges = new ArrayList<>();
    services.forEach((name, contract) ->
        contract
            .dependencies()
            .forEach(call -> edges.add(new Edge(name, call.service(), call.method()))));
    return edges;
  }

  static Code of(String digest, byte[] file, Limits limits, Role role) {
    return of(digest, file, limits, role, false);
  }

  /** As {@link #of}; instances can begin anew, unless they are a command's. */
  static Code repeatable(String digest, byte[] file, Limits limits, Role role) {
    return of(digest, file, limits, role, true);
  }

  private static Code of(String digest, byte[] file, Limits limits, Role role, boolean repeatable) {
    try {
      WasmModule module = WasmReader.read(file);
      Contract contract = Contract.of(module, role);
      List<String> starters = new ArrayList<>();
      if (module.start() != null) {
        starters.add(START);
      }
      if (contract.initializes() && contract.kind() != Kind.COMMAND) {
        starters.add(INITIALIZE);
      }
      WasmModule capped = capped(module, limits);
      WasmModule plain = repeatable ? Bounds.laidIn(capped, MOST_DEEP, MOST_ROUNDS) : capped;
      boolean again = repeatable && contract.kind() != Kind.COMMAND;
      Optional<WasmModule> rewound = again ? Rewind.laidIn(plain) : Optional.empty();
      return new Code(
          digest,
          module,
          WasmWriter.write(rewound.orElse(plain).withStartExported(START)),
          again,
          rewound.isPresent(),
          repeatable,
          limits.start(),
          Map.of(ALONE, contract),
          starters,
          Map.of());
    } catch (MalformedWasm | ContractViolated e) {
      throw new CannotStart(String.valueOf(e.getMessage()));
    }
  }

  /** As {@link #of}, telling lines of its source when it fails. */
  static Code traced(String digest, byte[] file, Limits limits, SourceLines lines) {
    Code plain = of(digest, file, limits, Role.SERVICE);
    return new Code(
        plain,
        capped(WasmReader.read(file), limits).withStartExported(START),
        at -> told(lines, at));
  }

  private static String told(@Nullable SourceLines lines, long offset) {
    return lines == null ? "" : lines.at(offset).map(SourceLine::toString).orElse("");
  }

  /**
   * Of parts as {@link Wind#wind} takes them.
   *
   * @param limits by the parts' names
   * @param lines of the sources of parts, by their names; without any, failures tell none
   */
  static Code wound(
      List<Part> parts,
      Map<String, Limits> limits,
      Options options,
      Map<String, SourceLines> lines,
      boolean bounded) {
    Map<String, Contract> services = new LinkedHashMap<>();
    List<Part> capped = new ArrayList<>();
    Duration start = Duration.ZERO;
    for (Part part : parts) {
      Limits own = Objects.requireNonNull(limits.get(part.name()), part.name());
      services.put(part.name(), part.contract());
      capped.add(capped(part, own));
      start = start.compareTo(own.start()) < 0 ? own.start() : start;
    }
    Wound wound = wind(capped, options);
    Map<Integer, String> names = new HashMap<>();
    for (WindMap.Function each : wound.map().functions()) {
      names.put(each.index(), each.name());
    }
    WasmModule module = WasmReader.read(wound.module());
    Code plain =
        new Code(
            Bytes.of(wound.module()).digest(),
            module,
            bounded
                ? WasmWriter.write(Bounds.laidIn(module, MOST_DEEP, MOST_ROUNDS))
                : wound.module(),
            false,
            false,
            bounded,
            start,
            services,
            List.of(INITIALIZE),
            names);
    return lines.isEmpty() ? plain : new Code(plain, module, woundLines(wound.map(), lines));
  }

  private static LongFunction<String> woundLines(WindMap map, Map<String, SourceLines> lines) {
    NavigableMap<Long, WindMap.Function> functions = new TreeMap<>();
    map.functions().forEach(each -> functions.put(each.offset(), each));
    return at -> {
      Map.Entry<Long, WindMap.Function> entry = functions.floorEntry(at);
      WindMap.Origin origin = entry == null ? null : entry.getValue().origin();
      return origin == null
          ? ""
          : told(lines.get(origin.part()), origin.at((int) (at - entry.getKey())));
    };
  }

  private static Wound wind(List<Part> parts, Options options) {
    try {
      return Wind.wind(parts, options);
    } catch (CannotWind e) {
      throw new CannotStart(String.valueOf(e.getMessage()));
    }
  }

  private static Part capped(Part part, Limits limits) {
    try {
      return new Part(part.name(), part.digest(), part.contract(), capped(part.module(), limits));
    } catch (CannotStart e) {
      throw new CannotStart(part.name() + ": " + e.getMessage());
    }
  }

  private static WasmModule capped(WasmModule module, Limits limits) {
    return switch (MemoryLimits.cap(module, limits.memoryBytes())) {
      case MemoryLimits.Outcome.Capped capped -> capped.module();
      case MemoryLimits.Outcome.TooBig big -> throw new CannotStart(big.reason());
    };
  }

  /** Of the module as it was uploaded, or of the one that winding made. */
  public String digest() {
    return digest;
  }

  /** Of a module that was not wound. */
  public Contract contract() {
    return Objects.requireNonNull(services.get(ALONE), "it was wound");
  }

  /** What it is made of: the services that were wound, callees first, or one without a name. */
  Map<String, Contract> services() {
    return services;
  }

  /** The calls that can be under way within it. */
  CallPaths paths() {
    return paths;
  }

  /** The call that a trace tells of by that number. */
  Edge edge(int number) {
    return edges.get(number);
  }

  /** How long instantiation and what runs ahead of calls may take together. */
  Duration startLimit() {
    return startLimit;
  }

  List<Import> imports() {
    return imports;
  }

  /** Whether its instances can begin anew. */
  boolean isRepeatable() {
    return repeatable;
  }

  /** Whether its instances end at the same place wherever they run: see {@link Bounds}. */
  boolean isBounded() {
    return bounded;
  }

  /** Which bound an instance has reached, by its exports. */
  static Bounds.Reached reached(Value exports) {
    Value reached = exports.getMember(Bounds.REACHED);
    return reached == null
        ? Bounds.Reached.NONE
        : Bounds.Reached.of((reached.fitsInInt() ? reached : reached.getMember("value")).asInt());
  }

  /** Whether all that they change can be brought back, as long as their memories don't grow. */
  boolean canBeRestored() {
    return restorable;
  }

  /**
   * What memories hold when an instance begins, the same in all of them.
   *
   * @param started see {@link Beginning#started}
   * @param maker asked for it by the first instance
   */
  Beginning beginning(boolean started, Supplier<Beginning> maker) {
    return beginnings.computeIfAbsent(started, _ -> maker.get());
  }

  /** How many memories each of its instances has. */
  int memories() {
    return memories;
  }

  /** Whether it has a 64-bit memory. */
  boolean isWide() {
    return wide;
  }

  Source source() {
    return source;
  }

  /** The exports to be called before all others, a command's when it is run. */
  List<String> starters() {
    return starters;
  }

  /** Tells lines of its source by places in its code, if it leaves a trail. */
  @Nullable LongFunction<String> lines() {
    return lines;
  }

  /** What a function is called that the module itself gives no name. */
  String name(int function) {
    return names.getOrDefault(function, "func[" + function + "]");
  }
}
