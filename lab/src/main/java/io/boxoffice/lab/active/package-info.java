/** The topology of two sites that both sell, and its faults. */
package io.boxoffice.lab.active;
