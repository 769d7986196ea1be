/** Tests of the packaged jar as a process. */
package io.boxoffice.partners.process;
