package dev.parigot.workbench;

import dev.parigot.contract.Contract;
import dev.parigot.engine.CallOutcome;
import dev.parigot.http.Headers;
import dev.parigot.situation.Call;
import dev.parigot.situation.Time;
import java.util.Optional;

/** A service that runs elsewhere: in a staging or the production of the same app. */
sealed interface Remote permits PublicRemote, SignedInRemote {
  /** The header with the code of a call that failed. */
  String ERROR = "Parigot-Error";

  static Remote of(Elsewhere where, HttpExchange http, Time time) {
    return switch (where) {
      case Elsewhere.Open(String app) -> new PublicRemote(app, http, time);
      case Elsewhere.SignedIn entered -> new SignedInRemote(entered, http, time);
    };
  }

  CallOutcome call(Call call, byte[] request);

  /**
   * What keeps all calls of a service from being made there, in a sentence; empty if nothing does.
   */
  Optional<String> lacks(String service, Contract contract);

  /** The code that an answer names, if it names one. */
  static Optional<Integer> error(Headers headers) {
    return headers.first(ERROR).map(Remote::unsigned);
  }

  private static int unsigned(String code) {
    try {
      return Integer.parseUnsignedInt(code);
    } catch (NumberFormatException e) {
      return 500;
    }
  }
}
