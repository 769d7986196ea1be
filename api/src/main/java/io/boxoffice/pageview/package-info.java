/**
 * Page views: written at a high rate, in one of three ways. A resource hands each view to a writer,
 * and the store writes views with the events that announce them.
 */
package io.boxoffice.pageview;
