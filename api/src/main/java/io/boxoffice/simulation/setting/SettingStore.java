package io.boxoffice.simulation.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.platform.error.FieldError;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import io.boxoffice.simulation.rule.SettingRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the setting in PostgreSQL, so that all replicas share it and it survives a restart. It
 * records each change with its author and reason.
 */
public final class SettingStore {
  private static final Logger LOG = LoggerFactory.getLogger(SettingStore.class);
  private static final TypeReference<List<History.FieldChange>> CHANGES = new TypeReference<>() {};
  private static final String EXPIRY_AUTHOR = "the simulation itself";

  private final Jdbi jdbi;
  private final SettingParser parser;
  private final Setting initial;
  private final ObjectMapper json;
  private final Clock clock;

  /**
   * Creates the store.
   *
   * @param initial the setting in force until the first change
   */
  public SettingStore(
      Jdbi jdbi, SettingParser parser, Setting initial, ObjectMapper json, Clock clock) {
    this.jdbi = jdbi;
    this.parser = parser;
    this.initial = initial;
    this.json = json;
    this.clock = clock;
  }

  /** Returns a store that works like this one and uses another connection. */
  SettingStore through(Jdbi other) {
    return new SettingStore(other, parser, initial, json, clock);
  }

  /** Reads the setting at the start. The initial one applies if this release cannot read it. */
  public StoredSetting readFirst() {
    try {
      StoredSetting stored =
          toSetting(jdbi.withExtension(SimulationDao.class, SimulationDao::read));
      if (stored.version() > 0) {
        LOG.info(
            "The simulation follows version {} of its setting, profile '{}', from the database",
            stored.version(),
            stored.setting().activeProfile());
      }
      return stored;
    } catch (UnreadableSettingException newer) {
      LOG.error(
          "The stored setting of the simulation cannot be read; that of the environment is in force",
          newer);
      return new StoredSetting(0, initial, clock.instant(), null, null, null, null);
    }
  }

  /** Reads the setting if it is newer than the given version. */
  Optional<StoredSetting> readNewerThan(long version) {
    return jdbi.withExtension(SimulationDao.class, dao -> dao.readNewerThan(version))
        .map(this::toSetting);
  }

  /**
   * Replaces the setting as a whole.
   *
   * @param author the author of the change
   * @param condition checks the current setting; empty when this release cannot read it
   * @throws ProblemException 412 when the condition does not hold
   */
  public StoredSetting replace(
      SettingRequest request, String author, Consumer<Optional<StoredSetting>> condition) {
    return jdbi.inTransaction(
        handle -> {
          SimulationDao dao = handle.attach(SimulationDao.class);
          SettingRow row = dao.lock();
          // An operator can replace a setting that this release cannot read.
          Optional<StoredSetting> stored = readable(row);
          condition.accept(stored);
          Instant now = now();
          // The time limit may be over although no replica has reverted the setting yet.
          Setting before = stored.map(limited -> limited.at(now)).orElse(initial);
          Instant expiresAt = request.expiresIn() == null ? null : now.plus(request.expiresIn());
          // If the current setting already has a time limit, the new one keeps its fallback.
          String fallback =
              expiresAt == null ? null : row.expiresAt() == null ? row.setting() : row.fallback();
          return write(
              dao,
              before,
              new SettingRow(
                  row.version() + 1,
                  documentOf(request.setting()).toString(),
                  now,
                  author,
                  request.reason(),
                  expiresAt,
                  fallback));
        });
  }

  /** Replaces an expired setting by its fallback. Empty when the setting is not expired. */
  Optional<StoredSetting> revertExpired() {
    return jdbi.inTransaction(
        handle -> {
          SimulationDao dao = handle.attach(SimulationDao.class);
          SettingRow row = dao.lock();
          StoredSetting before = toSetting(row);
          return before.isExpired(clock.instant())
              ? Optional.of(
                  write(
                      dao,
                      before.setting(),
                      new SettingRow(
                          row.version() + 1,
                          row.fallback(),
                          row.expiresAt(),
                          EXPIRY_AUTHOR,
                          "version %d expired".formatted(row.version()),
                          null,
                          null)))
              : Optional.empty();
        });
  }

  /** Reads a page of the changes before a version, newest first. */
  public History history(long before, int limit) {
    List<ChangeRow> rows =
        jdbi.withExtension(SimulationDao.class, dao -> dao.history(before, limit + 1));
    List<History.Item> items = rows.stream().limit(limit).map(this::toItem).toList();
    return new History(items, rows.size() > limit ? items.get(limit - 1).version() : null);
  }

  private History.Item toItem(ChangeRow row) {
    return new History.Item(
        row.version(),
        row.changedAt(),
        row.changedBy(),
        row.reason(),
        row.expiresAt(),
        json.convertValue(tree(row.changes()), CHANGES));
  }

  private StoredSetting write(SimulationDao dao, Setting before, SettingRow row) {
    StoredSetting after = toSetting(row);
    JsonNode changes =
        json.valueToTree(
            SettingDiff.between(json.valueToTree(before), json.valueToTree(after.setting())));
    dao.update(row);
    dao.insert(
        new ChangeRow(
            row.version(),
            row.changedAt(),
            row.changedBy(),
            row.reason(),
            row.expiresAt(),
            changes.toString()));
    dao.announce(row.version());
    return after;
  }

  private StoredSetting toSetting(SettingRow row) {
    return new StoredSetting(
        row.version(),
        parse(row.setting()),
        row.changedAt(),
        row.changedBy(),
        row.reason(),
        row.expiresAt(),
        row.expiresAt() == null ? null : parse(row.fallback()));
  }

  private Optional<StoredSetting> readable(SettingRow row) {
    try {
      return Optional.of(toSetting(row));
    } catch (UnreadableSettingException newer) {
      return Optional.empty();
    }
  }

  private Setting parse(String document) {
    if (document == null) {
      return initial;
    }
    List<FieldError> errors = new ArrayList<>();
    Setting setting = parser.parse(tree(document), errors);
    if (!errors.isEmpty()) {
      throw new UnreadableSettingException(errors);
    }
    return setting;
  }

  private JsonNode tree(String document) {
    try {
      return json.readTree(document);
    } catch (JsonProcessingException jsonbIsAlwaysJson) {
      throw new IllegalStateException(jsonbIsAlwaysJson);
    }
  }

  /**
   * Leaves the shipped profiles out, because each release adds its own when it reads the setting.
   */
  private JsonNode documentOf(Setting setting) {
    ObjectNode document = json.valueToTree(setting);
    ObjectNode profiles = (ObjectNode) document.get("profiles");
    initial
        .profiles()
        .forEach(
            (name, shipped) -> {
              if (shipped.equals(setting.profiles().get(name))) {
                profiles.remove(name);
              }
            });
    return document;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
