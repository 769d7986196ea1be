package io.boxoffice.mail;

import org.jdbi.v3.core.Handle;

/** Sends mails for other features, whatever the way in which they reach the recipient. */
@FunctionalInterface
public interface Mails {

  /**
   * Sends a mail if the transaction commits. A mail and the change that it reports therefore exist
   * both or not at all.
   *
   * @param transaction the open transaction of the change
   */
  void send(Handle transaction, NewMail mail);
}
