/** A fault under load, and what it cost. */
package io.boxoffice.lab.trial;
