/** Lets each key have one effect, for calls over HTTP and for events alike. */
package io.boxoffice.partners.effect;
