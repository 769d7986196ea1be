/** Contains what tests share: a real PostgreSQL, the running application and an API client. */
package io.boxoffice.testing;
