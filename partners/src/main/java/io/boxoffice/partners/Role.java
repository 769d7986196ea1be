package io.boxoffice.partners;

/** One kind of partner. A process has one role or several. */
public interface Role {
  /** The word on the command line. */
  String name();

  /**
   * Adds the parts of this role.
   *
   * @param partner what the roles of a process share
   * @throws io.boxoffice.platform.StartupException when a setting is wrong; its message names it
   */
  void install(PartnersConfiguration settings, Partner partner);
}
