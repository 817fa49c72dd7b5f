package dev.parigot.outbound;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The connections of one app to servers outside. */
final class AppConnections {
  /** At a time; further requests wait for their turn. */
  static final int MOST = 16;

  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  /** A host that takes longer is not reachable; a request's deadline is mostly sooner. */
  private static final Timeout CONNECT = Timeout.ofSeconds(10);

  private static final int LINE_BYTES = 64 << 10;
  private static final int HEADERS = 1000;

  /** Counts requests and not connections: one that hangs in looking up a name has none yet. */
  private final Semaphore places = new Semaphore(MOST, true);

  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;

  AppConnections(DnsResolver names) {
    Http1Config http =
        Http1Config.custom().setMaxLineLength(LINE_BYTES).setMaxHeaderCount(HEADERS).build();
    connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(names)
            .setMaxConnTotal(MOST)
            .setMaxConnPerRoute(MOST)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(http).build())
            // A server may have closed a kept connection, and nothing is sent twice.
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(Timeout.DISABLED)
                    .build())
            .build();
    client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.DISABLED)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableDefaultUserAgent()
            .build();
  }

  /** On the calling thread, which waits until it is interrupted. */
  byte[] run(Exchange exchange) throws IOException, InterruptedException {
    places.acquire();
    try {
      return exchange.run(client);
    } finally {
      places.release();
    }
  }

  void closeIdle() {
    connections.closeExpired();
    connections.closeIdle(IDLE);
  }

  void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
