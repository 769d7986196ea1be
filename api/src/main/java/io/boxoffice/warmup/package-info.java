/** Playing purchases through before anybody is let in, so that a replica opens warm. */
package io.boxoffice.warmup;
