package dev.parigot.observe;

/** A listener's place; closing it ends the telling. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
