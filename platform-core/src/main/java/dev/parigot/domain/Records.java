package dev.parigot.domain;

import java.util.List;

/** What the domain name system says. */
public interface Records {
  /** The texts of all TXT records of that name. Waits for the answer, some seconds at most. */
  Answer texts(String name);

  /** What a question came to. */
  sealed interface Answer {
    /** The records that there are, or none. */
    record Found(List<String> texts) implements Answer {}

    /** Nobody could tell. */
    record Unanswered(String why) implements Answer {}
  }
}
