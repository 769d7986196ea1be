/** The rules of the code's structure, each with a planted violation that it must find. */
package io.boxoffice.structure;
