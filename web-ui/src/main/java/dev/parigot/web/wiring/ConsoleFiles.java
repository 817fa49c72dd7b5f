package dev.parigot.web.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Serves the command-line tool, and the console's own scripts and styles. These are asked for anew
 * each time and known by their content: a browser must never run those of another build, and times
 * in a reproducible jar tell nothing.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles {
  @Bean
  ResourceHttpRequestHandler consoleFileHandler() {
    var handler = new ResourceHttpRequestHandler();
    handler.setLocations(List.of(new ClassPathResource("META-INF/resources/console/")));
    handler.setCacheControl(CacheControl.noCache());
    handler.setUseLastModified(false);
    handler.setEtagGenerator(ConsoleFiles::etag);
    return handler;
  }

  /** Ahead of Vaadin, which would serve the same files without an ETag. */
  @Bean
  SimpleUrlHandlerMapping consoleFileMapping(ResourceHttpRequestHandler consoleFileHandler) {
    return new SimpleUrlHandlerMapping(
        Map.of("/console/*.js", consoleFileHandler, "/console/*.css", consoleFileHandler), 0);
  }

  /** The command-line tool, which has no account to show when it is fetched. */
  @Bean
  ResourceHttpRequestHandler downloadHandler() {
    var handler = new ResourceHttpRequestHandler();
    handler.setLocations(List.of(new ClassPathResource("download/")));
    handler.setCacheControl(CacheControl.noCache());
    handler.setUseLastModified(false);
    return handler;
  }

  @Bean
  SimpleUrlHandlerMapping downloadMapping(ResourceHttpRequestHandler downloadHandler) {
    return new SimpleUrlHandlerMapping(Map.of("/download/*", downloadHandler), 0);
  }

  private static String etag(Resource file) {
    try {
      return '"' + DigestUtils.md5DigestAsHex(file.getContentAsByteArray()) + '"';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
