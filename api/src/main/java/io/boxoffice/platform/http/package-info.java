/** What every request shares: its id, its limits, its client's address, pages and entity tags. */
package io.boxoffice.platform.http;
