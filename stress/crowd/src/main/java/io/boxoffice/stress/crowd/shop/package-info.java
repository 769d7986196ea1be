/** The shop as its clients see it: its API, what is on sale, what a stress run makes and undoes. */
package io.boxoffice.stress.crowd.shop;
