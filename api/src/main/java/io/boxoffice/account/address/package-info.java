/** The change of an account's mail address, which the new address confirms. */
package io.boxoffice.account.address;
