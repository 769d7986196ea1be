/**
 * The email partner: accepts mails, keeps them on disk, and sends them by SMTP if it has a server.
 * docs/partners.md describes it.
 */
package io.boxoffice.partners.email;
