/** Stand-ins for the companies that a shop depends on: one program, which runs in one role. */
package io.boxoffice.partners;
