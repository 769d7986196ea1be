/** The service as a whole: its features, its settings and its commands. */
package io.boxoffice.app;
