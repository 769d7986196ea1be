/**
 * Lets two sites sell: each concert has a home, the site that sells it. {@link
 * io.boxoffice.site.forward} passes requests on to the home, {@link io.boxoffice.site.SiteResource}
 * moves homes. The schema itself refuses sales at any other site.
 */
package io.boxoffice.site;
