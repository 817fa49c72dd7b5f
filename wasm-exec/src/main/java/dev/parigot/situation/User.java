package dev.parigot.situation;

/**
 * Who is signed in to an app, as its services get to know him.
 *
 * @param id unique in the app, and never another's
 * @param claims what is known of him: the text of a JSON object, {@code id} among it
 */
public record User(String id, String claims) {}
