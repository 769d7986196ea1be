/** What the tests of the partners share. */
package io.boxoffice.partners.testing;
