/** The rules of the code's structure, and a violation of each that they must find. */
package io.boxoffice.structure;
