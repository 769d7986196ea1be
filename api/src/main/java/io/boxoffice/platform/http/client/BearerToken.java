package io.boxoffice.platform.http.client;

import java.util.regex.Pattern;

/** Knows the form of the tokens that other services give to the shop. */
public final class BearerToken {
  /** RFC 6750, section 2.1. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,500}=*");

  private BearerToken() {}

  /** Whether a text can be sent as a bearer token. */
  public static boolean hasForm(String text) {
    return FORM.matcher(text).matches();
  }
}
