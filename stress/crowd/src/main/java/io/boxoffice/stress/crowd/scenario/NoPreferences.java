package io.boxoffice.stress.crowd.scenario;

import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;

/**
 * Preferences that are not stored. Gatling asks Maven Central for its newest version unless they
 * say that it has just done so, and no other setting prevents that; a load test calls only the
 * shop. They also need no home folder, which a container does not have.
 */
public final class NoPreferences extends AbstractPreferences {
  private static final String FACTORY = "java.util.prefs.PreferencesFactory";

  /** Makes them; the JDK wants a class of its own for that. */
  public static final class Factory implements PreferencesFactory {
    /**
     * Makes them the ones of this process. It is in this class because the JDK makes its final
     * choice as soon as it initialises any class of preferences.
     */
    static void install() {
      System.setProperty(FACTORY, Factory.class.getName());
    }

    @Override
    public Preferences systemRoot() {
      return new NoPreferences(null, "");
    }

    @Override
    public Preferences userRoot() {
      return new NoPreferences(null, "");
    }
  }

  private NoPreferences(NoPreferences parent, String name) {
    super(parent, name);
  }

  @Override
  protected String getSpi(String key) {
    return switch (key) {
      case "lastCheckTimestamp" -> Long.toString(System.currentTimeMillis());
      case "lastCheckSuccess" -> "false";
      default -> null;
    };
  }

  @Override
  protected AbstractPreferences childSpi(String name) {
    return new NoPreferences(this, name);
  }

  @Override
  protected void putSpi(String key, String value) {}

  @Override
  protected void removeSpi(String key) {}

  @Override
  protected void removeNodeSpi() {}

  @Override
  protected String[] keysSpi() {
    return new String[0];
  }

  @Override
  protected String[] childrenNamesSpi() {
    return new String[0];
  }

  @Override
  protected void syncSpi() {}

  @Override
  protected void flushSpi() {}
}
