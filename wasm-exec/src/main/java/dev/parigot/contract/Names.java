package dev.parigot.contract;

import java.util.regex.Pattern;

/** What services and methods may be called. */
public final class Names {
  /** How a service's name is written, for messages. */
  public static final String SERVICE_RULE =
      "1 to 31 lower-case letters, digits and underscores, beginning with a letter";

  private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9_]{0,30}");
  private static final Pattern METHOD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private Names() {}

  public static boolean isService(String name) {
    return SERVICE.matcher(name).matches();
  }

  /** Whether an export of this name can be a method. */
  public static boolean isMethod(String name) {
    return METHOD.matcher(name).matches() && !name.startsWith("parigot_");
  }
}
