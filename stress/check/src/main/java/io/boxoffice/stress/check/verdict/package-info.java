/** What a check found. */
package io.boxoffice.stress.check.verdict;
