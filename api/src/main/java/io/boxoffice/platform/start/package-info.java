/**
 * What the processes of the project do in the same way before they listen: read settings, set up
 * validation, and say why a start failed.
 */
package io.boxoffice.platform.start;
