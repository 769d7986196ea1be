/** What every feature is built on; nothing here knows a feature. */
package io.boxoffice.platform;
