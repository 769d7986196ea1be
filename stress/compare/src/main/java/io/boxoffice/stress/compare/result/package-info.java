/** The figures of a run as tables, JSON and plots. */
package io.boxoffice.stress.compare.result;
