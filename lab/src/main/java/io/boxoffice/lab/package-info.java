/** The lab's command: starts a topology, and measures what its faults cost. */
package io.boxoffice.lab;
