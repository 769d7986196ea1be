/** Keeps the mails that the service sends to people, and shows them to operators. */
package io.boxoffice.mail;
