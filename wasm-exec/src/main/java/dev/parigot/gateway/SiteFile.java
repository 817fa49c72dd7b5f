package dev.parigot.gateway;

/** A file of a site. */
public interface SiteFile {
  /** What its content is told from any other by, without quotes. */
  String tag();

  /** In bytes. */
  long size();

  /** The array is not changed. */
  byte[] content();
}
