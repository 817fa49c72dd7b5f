package dev.parigot.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts texts for the database: AES-256-GCM with a fresh nonce each, bound to their place, so
 * that one can't be moved to another row. New ones get the current key; those of former keys can
 * still be read.
 */
public final class Seal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SealKey current;
  private final Map<String, SealKey> keys = new LinkedHashMap<>();
  private final SecureRandom random;

  /**
   * @param former keys that were current once
   */
  public Seal(SealKey current, List<SealKey> former, SecureRandom random) {
    this.current = current;
    this.random = random;
    former.forEach(key -> keys.put(key.id(), key));
    keys.put(current.id(), current);
  }

  /** One with a key that nobody knows: what it has sealed can't be read after its end. */
  public static Seal forOnce() {
    SecureRandom random = new SecureRandom();
    return new Seal(SealKey.random(random), List.of(), random);
  }

  /**
   * An encrypted text as it is stored.
   *
   * @param key the id of its key; null if the text is not encrypted, as it was once
   */
  public record Sealed(@Nullable String key, String text) {}

  /** The id of the key that new texts get. */
  public String key() {
    return current.id();
  }

  /** The ids of all keys whose texts can be read. */
  public Set<String> known() {
    return Set.copyOf(keys.keySet());
  }

  /**
   * Encrypts a text.
   *
   * @param place where it is stored; to be given again to open it
   */
  public Sealed close(String text, String place) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] closed =
        run(Cipher.ENCRYPT_MODE, current, nonce, place, text.getBytes(StandardCharsets.UTF_8));
    byte[] all = ByteBuffer.allocate(NONCE_BYTES + closed.length).put(nonce).put(closed).array();
    return new Sealed(current.id(), Base64.getEncoder().encodeToString(all));
  }

  /** Decrypts what was closed for that place. */
  public String open(Sealed sealed, String place) {
    if (sealed.key() == null) {
      return sealed.text();
    }
    SealKey key = keys.get(sealed.key());
    if (key == null) {
      throw new IllegalStateException("the key " + sealed.key() + " of " + place + " is unknown");
    }
    ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.text()));
    byte[] nonce = new byte[NONCE_BYTES];
    byte[] closed = new byte[all.remaining() - NONCE_BYTES];
    all.get(nonce).get(closed);
    return new String(run(Cipher.DECRYPT_MODE, key, nonce, place, closed), StandardCharsets.UTF_8);
  }

  private static byte[] run(int mode, SealKey key, byte[] nonce, String place, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what is stored as " + place + " is damaged", e);
    }
  }
}
