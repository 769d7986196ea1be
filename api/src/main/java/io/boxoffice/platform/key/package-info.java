/** Keys that sign: how replicas share them through a table, rotate and publish them. */
package io.boxoffice.platform.key;
