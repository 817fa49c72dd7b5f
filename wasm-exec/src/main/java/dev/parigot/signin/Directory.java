package dev.parigot.signin;

import dev.parigot.situation.User;
import java.util.Optional;

/** The users of one app, and the sessions in which they are signed in. */
public interface Directory {
  /** What became of the wish to be signed in. */
  sealed interface Outcome {
    /**
     * It was granted.
     *
     * @param token what the session is known by; nobody can guess it
     */
    record SignedIn(String token, User user) implements Outcome {}

    /**
     * It was not.
     *
     * @param status of HTTP
     * @param type a stable identifier of the kind of problem
     * @param what happened
     * @param next what to do
     */
    record Refused(int status, String type, String what, String next) implements Outcome {}
  }

  /** Makes a user and signs him in. */
  Outcome signUp(Credentials credentials, String name, String remoteAddress);

  /** Signs a user in by his password. */
  Outcome signIn(Credentials credentials, String remoteAddress);

  /** Ends a session, if it is one. */
  void signOut(String token);

  /** Who is signed in by that session, if it is one and has not ended. */
  Optional<User> user(String token);

  /** What somebody says to prove who he is. */
  record Credentials(String email, String password) {
    /** Tells no password. */
    @Override
    public String toString() {
      return email;
    }
  }
}
