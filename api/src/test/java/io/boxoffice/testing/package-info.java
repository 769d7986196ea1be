/** What the tests share: a real PostgreSQL, the running application, a client that buys. */
package io.boxoffice.testing;
