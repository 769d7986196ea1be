/** Delays the effects of calls without a thread for each. */
package io.boxoffice.partners.delay;
