package dev.parigot.web.console.part;

import com.vaadin.flow.component.html.Code;

/** A digest or a commit id, short in the text and whole on hover. */
public final class DigestText extends Code {
  private static final int SHOWN = 8;

  public DigestText(String digest) {
    super(shorten(digest));
    setTitle(digest);
  }

  /** The first eight hexadecimal digits. */
  public static String shorten(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    return hex.substring(0, Math.min(SHOWN, hex.length()));
  }
}
