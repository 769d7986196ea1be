package io.boxoffice.partners.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.simulation.http.SettingView;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import io.boxoffice.simulation.rule.SettingRequest;
import io.boxoffice.simulation.setting.LiveSimulation;
import io.boxoffice.simulation.setting.StoredSetting;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/** Shows and replaces the setting by which calls to the partner fail. */
@Path("/simulation")
@Produces(MediaType.APPLICATION_JSON)
public final class PartnerSimulationResource {
  private final LiveSimulation simulation;
  private final SettingParser parser;
  private final ObjectMapper json;
  private final Clock clock;

  /** Changes the given simulation. */
  PartnerSimulationResource(
      LiveSimulation simulation, SettingParser parser, ObjectMapper json, Clock clock) {
    this.simulation = simulation;
    this.parser = parser;
    this.json = json;
    this.clock = clock;
  }

  /** Shows the setting. */
  @GET
  public SettingView get() {
    return SettingView.of(simulation.stored(), clock.instant());
  }

  /** Replaces the whole setting. With a time limit, the present one holds again afterwards. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public synchronized SettingView put(@NotNull byte[] body) throws IOException {
    SettingRequest request =
        parser.parseRequest(json.reader().readTree(body), SettingView.readOnly());
    Instant now = clock.instant();
    StoredSetting before = simulation.stored();
    StoredSetting stored =
        new StoredSetting(
            before.version() + 1,
            request.setting(),
            now,
            null,
            request.reason(),
            request.expiresIn() == null ? null : now.plus(request.expiresIn()),
            request.expiresIn() == null ? null : lasting(before));
    simulation.follow(stored);
    return SettingView.of(stored, now);
  }

  /** Returns the setting without a time limit that holds, or will hold when the limit is over. */
  private static Setting lasting(StoredSetting stored) {
    return stored.fallback() == null ? stored.setting() : stored.fallback();
  }
}
