package dev.parigot.contract;

/** Where the manifest names a module; decides which imports it is given. */
public enum Role {
  /** Under {@code [services]}. */
  SERVICE,
  /** Under {@code [tests]}. */
  TEST
}
