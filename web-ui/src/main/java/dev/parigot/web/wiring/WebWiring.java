package dev.parigot.web.wiring;

import dev.parigot.web.problem.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What the ways in have in common. */
@Configuration(proxyBeanMethods = false)
class WebWiring {
  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }
}
