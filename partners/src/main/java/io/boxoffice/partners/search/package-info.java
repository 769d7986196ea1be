/**
 * The search partner: a full-text index over concerts, which follows their versions.
 * docs/partners.md describes it.
 */
package io.boxoffice.partners.search;
