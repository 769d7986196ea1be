/** Decides from the clients' history and the final records whether a shop kept its promises. */
package io.boxoffice.stress.check;
