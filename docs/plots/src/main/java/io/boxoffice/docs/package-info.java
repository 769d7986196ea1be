/** Draws the plots of the documents from the service's own classes. */
package io.boxoffice.docs;
