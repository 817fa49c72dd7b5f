package dev.parigot.fleet;

import dev.parigot.release.Release;

/** A release whose services have been started. */
public interface Deployment {
  Release release();
}
