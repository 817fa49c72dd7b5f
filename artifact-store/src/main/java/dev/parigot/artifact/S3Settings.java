package dev.parigot.artifact;

import java.net.URI;

/**
 * Where an S3 service is and how to enter it.
 *
 * @param endpoint such as {@code https://s3.example.org}
 * @param bucket made if it does not exist
 */
public record S3Settings(
    URI endpoint, String accessKey, String secretKey, String bucket, String region) {
  @Override
  public String toString() {
    return "S3Settings[" + endpoint + ", bucket " + bucket + ", region " + region + "]";
  }
}
