/** The contract for programs, and a page on which people can read and try it. */
package io.boxoffice.platform.openapi;
