package dev.parigot.signin;

import java.util.List;

/**
 * What an app offers to those who want to sign in.
 *
 * @param app its name
 * @param signUp whether whoever comes may make himself a user
 */
public record Offer(String app, boolean signUp, List<Way> ways) {
  public Offer {
    ways = List.copyOf(ways);
  }

  /**
   * A provider of OpenID Connect.
   *
   * @param open whether it can be used here
   */
  public record Way(String name, String title, boolean open) {}
}
