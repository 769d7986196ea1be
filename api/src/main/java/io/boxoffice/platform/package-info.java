/** The parts that all features share. This package depends on no feature. */
package io.boxoffice.platform;
