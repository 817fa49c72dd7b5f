package dev.parigot.web;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The platform: console, REST API, git remote and gateway in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ParigotApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(ParigotApplication.class, arguments);
  }
}
