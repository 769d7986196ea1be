/** What the HTTP APIs of all roles have in common. */
package io.boxoffice.partners.http;
