package io.boxoffice.order.payment.callback;

import io.boxoffice.order.payment.PaymentSettings;
import io.boxoffice.platform.Foundation;
import java.util.Optional;

/** Builds the receipt of the partner's callbacks from its settings. */
public final class CallbackModule {
  private CallbackModule() {}

  /**
   * Registers the resource. Without a secret, it refuses all callbacks.
   *
   * @param settings were checked by the module of the partner
   * @param listener gets each charge that a callback reports
   */
  public static void install(
      Foundation foundation, PaymentSettings settings, ChargeListener listener) {
    foundation
        .environment()
        .jersey()
        .register(
            new PaymentCallbackResource(
                settings.hasCallbacks()
                    ? Optional.of(
                        new PaymentSignature(settings.callbackSecret(), foundation.clock()))
                    : Optional.empty(),
                foundation.environment().getObjectMapper(),
                listener));
  }
}
