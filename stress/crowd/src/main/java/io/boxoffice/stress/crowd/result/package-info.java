/** What a stress run leaves behind: a summary, a table of its seconds and a plot. */
package io.boxoffice.stress.crowd.result;
