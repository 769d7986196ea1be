/**
 * The analytics partner: counts sales and page views per concert and minute. docs/partners.md
 * describes it.
 */
package io.boxoffice.partners.analytics;
