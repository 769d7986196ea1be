/** The whole service: its list of features, its settings and its commands. */
package io.boxoffice.app;
