/** What the shop lets the analytics partner count. */
package io.boxoffice.partner.analytics;
