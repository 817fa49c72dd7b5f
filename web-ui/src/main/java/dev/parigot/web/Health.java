package dev.parigot.web;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a load balancer or a supervisor whether the platform works. */
@RestController
class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final JdbcClient jdbc;

  Health(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @GetMapping("/health")
  ResponseEntity<Map<String, String>> health() {
    try {
      var _ = jdbc.sql("SELECT 1").query(Integer.class).single();
      return ResponseEntity.ok(Map.of("status", "up"));
    } catch (DataAccessException e) {
      LOG.warn("the database does not answer", e);
      return ResponseEntity.status(503).body(Map.of("status", "down"));
    }
  }
}
