/** The six scenarios: what each sends, and how it reads what was done. */
package io.boxoffice.stress.compare.scenario;
