/** What a scenario promises of the shop, judged from what was recorded. */
package io.boxoffice.stress.crowd.promise;
