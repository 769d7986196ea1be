/** Sends mails by SMTP: the address of the server, the message, and what the server answers. */
package io.boxoffice.mail.smtp;
