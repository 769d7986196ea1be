/** What runs in a lab, and what can be done to it. */
package io.boxoffice.lab.topology;
