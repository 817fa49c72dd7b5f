package dev.parigot.browser;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parigot.contract.Contract;
import dev.parigot.contract.Contract.Kind;
import dev.parigot.manifest.Fifo;
import dev.parigot.wasm.ValueType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the runtime has to know of an app, as {@code description.js} there has it.
 *
 * @param services callees first
 * @param wound all of them in one module, but for commands; null if there is none to wind
 * @param signIn how its users sign in
 * @param data what the store holds at first: by key a text, or {@link Encoded} bytes
 */
record AppDescription(
    String name,
    List<Service> services,
    @Nullable File wound,
    @Nullable Site site,
    List<Cron> cron,
    List<Queue> queues,
    List<Channel> channels,
    Map<String, String> config,
    List<String> outbound,
    SignIn signIn,
    Map<String, Object> data) {
  /**
   * @param file in the folder of files; named by its digest
   */
  record File(String file, long bytes) {}

  /**
   * @param digest of the module as it was pushed
   * @param bytes of the same
   * @param file what is run where it is not wound with the others
   * @param exposed true, false, or the methods that can be reached
   * @param signedIn whether only those who are signed in can reach it
   * @param timeoutMs null for as long as it takes
   */
  record Service(
      String name,
      String kind,
      String digest,
      long bytes,
      String file,
      @JsonProperty("public") Object exposed,
      boolean signedIn,
      @Nullable Long timeoutMs,
      List<Method> methods,
      List<Call> calls,
      List<String> uses) {}

  /**
   * @param params null but for a plain module's export
   * @param results likewise
   */
  record Method(String name, @Nullable List<String> params, @Nullable List<String> results) {}

  /** Those of a module, with their types where it is a plain one. */
  static List<Method> methods(Contract contract) {
    boolean plain = contract.kind() == Kind.PLAIN;
    return contract.methods().stream()
        .map(method ->
            new Method(
                method.name(),
                plain ? names(method.type().params()) : null,
                plain ? names(method.type().results()) : null))
        .toList();
  }

  private static List<String> names(List<ValueType> types) {
    return types.stream().map(ValueType::toString).toList();
  }

  record Call(String service, String method, boolean async) {}

  record Site(@Nullable String service, Map<String, SiteFile> files) {}

  record SiteFile(String digest, long size, String file) {}

  record Cron(String name, String schedule, String timezone, String call) {}

  /**
   * @param fifo null, true or the field by which messages are in order
   */
  record Queue(String name, String deliver, int attempts, @Nullable Object fifo) {}

  /** What {@link Queue#fifo} says of it. */
  static @Nullable Object order(@Nullable Fifo fifo) {
    if (fifo == null) {
      return null;
    }
    return fifo.field() == null ? Boolean.TRUE : fifo.field();
  }

  /**
   * @param exposed whether anybody may listen
   * @param signedIn whether only those who are signed in may
   */
  record Channel(String name, @JsonProperty("public") boolean exposed, boolean signedIn) {}

  /**
   * @param signUp whether whoever comes may make himself a user
   * @param ways what the providers are known by that there are once it is deployed
   */
  record SignIn(boolean signUp, List<String> ways) {}

  /** Bytes that are no text. */
  record Encoded(String base64) {}

  /** Values as {@link #data} has them. */
  static Map<String, Object> data(Map<String, byte[]> values) {
    Map<String, Object> data = new LinkedHashMap<>();
    values.forEach((key, value) -> data.put(key, textOr(value)));
    return data;
  }

  private static Object textOr(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return new Encoded(Base64.getEncoder().encodeToString(value));
    }
  }

  byte[] json() {
    return JsonMapper.shared().writeValueAsBytes(this);
  }
}
