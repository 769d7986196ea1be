/** Sends broken requests to the service and checks that each response follows the rules. */
package io.boxoffice.process.broken;
