package dev.parigot.outbound;

import dev.parigot.app.AppId;
import dev.parigot.situation.Destination;
import dev.parigot.situation.Refused;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the HTTP requests of apps, to the hosts that their manifests allow. */
public final class OutboundHttp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutboundHttp.class);

  private final DnsResolver names;
  private final ExecutorService threads;
  private final ConcurrentMap<AppId, AppConnections> apps = new ConcurrentHashMap<>();

  /**
   * @param threads wait for servers, as many as there are requests: platform threads, since the
   *     system looks up names and would hold the carrier of a virtual one
   */
  public OutboundHttp(AddressRules rules, ExecutorService threads) {
    this(new CheckedNames(rules), threads);
  }

  OutboundHttp(DnsResolver names, ExecutorService threads) {
    this.names = names;
    this.threads = threads;
  }

  /**
   * Sends a raw HTTP/1.1 request with an absolute URL and answers the raw response; redirects are
   * not followed. {@link Refused} with 400 if it is no request, 403 if its host or the address of
   * that is not allowed, 413 if the response is too large, 502 if the host can't be reached, 504 if
   * there is no response after {@code nanos}.
   *
   * @param allowed hosts, or hosts with ports, in lower case
   */
  public byte[] send(AppId app, Collection<String> allowed, byte[] message, long nanos) {
    Destination destination = Destination.of(message);
    destination.check(allowed);
    AppConnections connections = apps.computeIfAbsent(app, _ -> new AppConnections(names));
    Exchange exchange = new Exchange(destination);
    Future<byte[]> response = threads.submit(() -> connections.run(exchange));
    try {
      return response.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Refused(504, destination.host() + " did not answer in time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(499, "Cancelled while waiting for " + destination.host() + ".");
    } catch (ExecutionException e) {
      throw told(destination.host(), e);
    } finally {
      // Does nothing to one that has ended.
      response.cancel(true);
      exchange.cancel();
    }
  }

  private static Refused told(String host, ExecutionException failure) {
    return switch (failure.getCause()) {
      case CheckedNames.NotAllowed _ ->
          new Refused(403, host + " has no public address, and the operator doesn't allow others.");
      case Exchange.TooLarge _ -> new Refused(413, "The response of " + host + " is over 10 MiB.");
      case UnknownHostException _ -> new Refused(502, host + " has no address.");
      case IOException e -> new Refused(502, host + " can't be reached: " + e.getMessage());
      case null, default -> {
        log.error("A request to {} failed in the platform", host, failure);
        yield new Refused(500, "The platform failed during the request.");
      }
    };
  }

  /** Closes connections that were not used for a while. */
  public void tend() {
    apps.values().forEach(AppConnections::closeIdle);
  }

  /** Closes all connections of an app. */
  public void forget(AppId app) {
    AppConnections connections = apps.remove(app);
    if (connections != null) {
      connections.close();
    }
  }

  @Override
  public void close() {
    apps.keySet().forEach(this::forget);
  }
}
