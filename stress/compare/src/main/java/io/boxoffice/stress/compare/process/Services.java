package io.boxoffice.stress.compare.process;

import io.boxoffice.stress.bench.safety.CleanUp;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import io.boxoffice.stress.compare.http.KeyReplacer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The shop and its partners of one load: fresh processes on an empty database. */
public final class Services implements AutoCloseable {
  private static final String SHOP_JAR = "api/target/boxoffice.jar";
  private static final String PARTNERS_JAR = "partners/target/boxoffice-partners.jar";
  private static final List<String> ROLES =
      List.of("payment", "email", "search", "analytics", "report");

  /** All clients of a run have one address, which the shipped policies would refuse. */
  private static final String WIDE_LIMITS =
      """
      [{"name": "registration", "quota": 1000000, "window": "1s", "method": "POST", "route": "/v1/accounts"},
       {"name": "orders", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/concerts/{concertId}/orders"},
       {"name": "page-views", "quota": 1000000, "window": "1s", "method": "POST", "route": "/v1/page-views"}]
      """;

  private final CleanUp cleanUp = new CleanUp();
  private final String operatorToken = UUID.randomUUID().toString();
  private final String partnerToken = UUID.randomUUID().toString();
  private final Service shop;
  private final Service partners;

  /**
   * Starts both, and waits until they are ready.
   *
   * @param way how the shop calls its partners
   * @param brokerUrl empty without a broker
   * @param partnerSettings settings of the partners, such as delays
   * @param withoutKeys whether a proxy replaces each Idempotency-Key
   */
  public Services(
      Path folder,
      BenchDatabase database,
      Way way,
      String brokerUrl,
      Map<String, String> partnerSettings,
      boolean withoutKeys) {
    String secret = UUID.randomUUID().toString();
    partners = cleanUp.add(new Service("partners", partnerCommand(), partnerSettings, folder));
    String url =
        withoutKeys ? cleanUp.add(KeyReplacer.inFrontOf(partners.url())).url() : partners.url();
    shop = cleanUp.add(new Service("shop", shopCommand(), Map.of(), folder));
    Map<String, String> settings = new HashMap<>();
    settings.put("DATABASE_URL", database.url());
    settings.put("DATABASE_USER", database.user());
    settings.put("DATABASE_PASSWORD", database.password());
    settings.put("OPERATOR_TOKEN", operatorToken);
    settings.put("RATE_LIMITS", WIDE_LIMITS);
    settings.put("WARM_UP", "0s");
    settings.put("INVARIANT_CHECK_INTERVAL", "1s");
    settings.put("COMMUNICATION", way.communication());
    settings.put("RABBITMQ_URL", brokerUrl);
    settings.put("SCAN_PARTITIONS", "0");
    settings.put("PAYMENT_URL", url);
    settings.put("PAYMENT_TOKEN", partnerToken);
    settings.put("PAYMENT_CALLBACK_SECRET", secret);
    settings.put("EMAIL_URL", url);
    settings.put("SEARCH_URL", url);
    settings.put("ANALYTICS_URL", url);
    settings.put("REPORT_URL", url);
    settings.put("PARTNER_TOKEN", partnerToken);
    shop.with(settings);
    Map<String, String> own = new HashMap<>();
    ROLES.forEach(
        role ->
            own.put(role.toUpperCase(Locale.ROOT) + "_DATA_DIR", folder.resolve(role).toString()));
    own.put("PARTNER_TOKEN", partnerToken);
    own.put("PAYMENT_CALLBACK_SECRET", secret);
    own.put("CALLBACK_URL", shop.url() + "/v1/partner-callbacks/payment");
    own.put("SHOP_URL", shop.url());
    own.put("SHOP_TOKEN", operatorToken);
    partners.with(own).start();
    shop.start();
  }

  private static List<String> shopCommand() {
    return List.of("-Xmx512m", "-jar", SHOP_JAR, "server", "config.yml");
  }

  private static List<String> partnerCommand() {
    return Stream.concat(Stream.of("-Xmx512m", "-jar", PARTNERS_JAR), ROLES.stream()).toList();
  }

  /** The shop. */
  public Service shop() {
    return shop;
  }

  /** All partners, in one process. */
  public Service partners() {
    return partners;
  }

  /** The token of the shop's operator. */
  public String operatorToken() {
    return operatorToken;
  }

  /** The token of each call to a partner. */
  public String partnerToken() {
    return partnerToken;
  }

  @Override
  public void close() {
    cleanUp.close();
  }
}
