/** Compares three ways to call partners, and prints what each one does, loses and does twice. */
package io.boxoffice.stress.compare;
