package dev.parigot.manifest;

/** Who may listen to a channel. */
public enum Audience {
  /** Nobody outside: what is published is seen in the console alone. */
  NOBODY,
  /** The app's own users, whoever they are. */
  SIGNED_IN,
  EVERYONE
}
