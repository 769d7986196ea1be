/** Changes only the cost of a request. */
package io.boxoffice.platform.tuning;
