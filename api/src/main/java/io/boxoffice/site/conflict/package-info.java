/** Lists which changes of one site the other one did not accept. */
package io.boxoffice.site.conflict;
