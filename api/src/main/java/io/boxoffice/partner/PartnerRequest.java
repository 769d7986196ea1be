package io.boxoffice.partner;

import java.util.Map;

/**
 * Holds a call to a partner.
 *
 * @param path below the address of the partner, without a slash at its begin
 * @param key the Idempotency-Key, by which the partner recognises a repetition; null for a GET
 * @param body what is sent as JSON; null for no body
 * @param headers further headers, such as {@code Prefer}
 */
public record PartnerRequest(
    String method, String path, String key, Object body, Map<String, String> headers) {

  /** Returns a call that creates something. */
  public static PartnerRequest post(String path, Object key, Object body) {
    return new PartnerRequest("POST", path, key.toString(), body, Map.of());
  }

  /** Returns a call that replaces something. */
  public static PartnerRequest put(String path, Object key, Object body) {
    return new PartnerRequest("PUT", path, key.toString(), body, Map.of());
  }

  /** Returns a call that deletes something. */
  public static PartnerRequest delete(String path, Object key) {
    return new PartnerRequest("DELETE", path, key.toString(), null, Map.of());
  }

  /** Returns a call that reads something. */
  public static PartnerRequest get(String path) {
    return new PartnerRequest("GET", path, null, null, Map.of());
  }

  /** Returns the same call with one header in place of those it has. */
  public PartnerRequest with(String name, String value) {
    return new PartnerRequest(method, path, key, body, Map.of(name, value));
  }
}
