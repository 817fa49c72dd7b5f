package dev.parigot.browser;

import dev.parigot.contract.Contract.Kind;
import dev.parigot.contract.Role;
import dev.parigot.manifest.Audience;
import dev.parigot.manifest.Exposure;
import dev.parigot.manifest.Manifest;
import dev.parigot.wasm.Bytes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An app as files that any static host can serve, and that run in the browser of whoever opens
 * them. All but the page and the service worker are named by what is in them and never change. The
 * same app always gives the same files.
 */
public final class BrowserApp {
  /** Where everything lies but for the page and the service worker; no service has such a name. */
  static final String FOLDER = "parigot-demo/";

  /** The page that begins it. */
  public static final String PAGE = "index.html";

  private static final String FILES = FOLDER + "files/";

  private final Map<String, byte[]> files = new TreeMap<>();
  private final AppDescription description;

  private BrowserApp(BrowserSource source, Map<String, BrowserModules.Input> inputs) {
    description = describe(source, new BrowserModules(inputs));
    String app = FILES + keep(description.json(), "json");
    AppDescription.File wound = description.wound();
    String program = wound == null ? null : FILES + wound.file();
    files.putAll(Runtime.files(app, program, source.name(), source.manifest().outbound()));
  }

  /**
   * Makes the files of an app whose modules have been found to fit together.
   *
   * @throws IllegalArgumentException if a file of the site has a name that is taken
   */
  public static BrowserApp of(BrowserSource source) {
    Map<String, BrowserModules.Input> inputs = new LinkedHashMap<>();
    source
        .manifest()
        .services()
        .forEach((name, service) ->
            inputs.put(
                name,
                new BrowserModules.Input(
                    source.modules().getOrDefault(name, new byte[0]),
                    Role.SERVICE,
                    service.memoryBytes())));
    return new BrowserApp(source, inputs);
  }

  /** The same with test modules, which no visitor gets. */
  static BrowserApp withTests(BrowserSource source, Map<String, BrowserModules.Input> inputs) {
    return new BrowserApp(source, inputs);
  }

  /**
   * The strictest Content-Security-Policy that lets the app run: a host sends it with each file.
   *
   * @param outbound the hosts that the manifest lets the services reach
   */
  public static String contentSecurityPolicy(List<String> outbound) {
    return Policy.of(outbound);
  }

  /** By their paths, with {@code /}. */
  public Map<String, byte[]> files() {
    return Collections.unmodifiableMap(files);
  }

  AppDescription description() {
    return description;
  }

  /** Adds a file that is named by its content; answers that name. */
  private String keep(byte[] content, String ending) {
    String name = hex(Bytes.of(content).digest()) + "." + ending;
    files.put(FILES + name, content);
    return name;
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }

  private AppDescription describe(BrowserSource source, BrowserModules modules) {
    Manifest manifest = source.manifest();
    List<AppDescription.Service> services = new ArrayList<>();
    modules
        .byName()
        .forEach(
            (name, module) -> services.add(service(name, module, manifest.services().get(name))));
    byte[] together = modules.wound();
    return new AppDescription(
        source.name(),
        services,
        together == null ? null : new AppDescription.File(keep(together, "wasm"), together.length),
        site(source),
        manifest.cron().entrySet().stream()
            .map(each ->
                new AppDescription.Cron(
                    each.getKey(),
                    each.getValue().schedule(),
                    timezone(each.getValue().timezone()),
                    each.getValue().call().toString()))
            .toList(),
        manifest.queues().entrySet().stream()
            .map(each ->
                new AppDescription.Queue(
                    each.getKey(),
                    each.getValue().deliver().toString(),
                    each.getValue().attempts(),
                    AppDescription.order(each.getValue().fifo())))
            .toList(),
        manifest.channels().entrySet().stream()
            .map(each ->
                new AppDescription.Channel(
                    each.getKey(),
                    each.getValue().audience() != Audience.NOBODY,
                    each.getValue().audience() == Audience.SIGNED_IN))
            .toList(),
        source.config(),
        manifest.outbound(),
        new AppDescription.SignIn(
            manifest.signIn().signUp(),
            manifest.signIn().providers().values().stream().map(Manifest.Provider::title).toList()),
        AppDescription.data(source.data()));
  }

  /** {@code declared} is null for a test module. */
  private AppDescription.Service service(
      String name, BrowserModules.Module module, Manifest.@Nullable Service declared) {
    Kind kind = module.contract().kind();
    return new AppDescription.Service(
        name,
        kind.name().toLowerCase(Locale.ROOT),
        module.part().digest(),
        module.file().length,
        keep(module.alone(), "wasm"),
        declared == null ? false : exposed(declared.exposure()),
        declared != null && declared.signedIn(),
        declared == null ? null : declared.timeout().toMillis(),
        AppDescription.methods(module.contract()),
        module.contract().dependencies().stream()
            .map(each -> new AppDescription.Call(each.service(), each.method(), each.async()))
            .toList(),
        module.contract().capabilities());
  }

  /** As a browser knows it: it has no name {@code Z}. */
  private static String timezone(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  private static Object exposed(Exposure exposure) {
    return switch (exposure) {
      case Exposure.Nothing _ -> false;
      case Exposure.Everything _ -> true;
      case Exposure.Only only -> only.methods();
    };
  }

  private AppDescription.@Nullable Site site(BrowserSource source) {
    Manifest.Site site = source.manifest().site();
    if (site == null) {
      return null;
    }
    Map<String, AppDescription.SiteFile> listed = new TreeMap<>();
    source
        .site()
        .forEach((path, content) -> {
          if (path.startsWith(FOLDER) || path.equals(Runtime.SERVICE_WORKER)) {
            throw new IllegalArgumentException(
                "the site has a file "
                    + path
                    + ", but that name is the runtime's in a browser; rename it");
          }
          listed.put(
              path,
              new AppDescription.SiteFile(
                  Bytes.of(content).digest(), content.length, keep(content, "bin")));
        });
    return new AppDescription.Site(site.service(), listed);
  }
}
