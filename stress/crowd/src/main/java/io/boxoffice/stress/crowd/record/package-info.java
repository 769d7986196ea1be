/** The requests and answers of a stress run, second by second and purchase by purchase. */
package io.boxoffice.stress.crowd.record;
