package dev.parigot.web.wiring;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether artifacts are to be kept in an S3 service of the platform's own. */
final class NoS3Configured implements Condition {
  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return !context.getEnvironment().containsProperty("parigot.s3.endpoint");
  }
}
