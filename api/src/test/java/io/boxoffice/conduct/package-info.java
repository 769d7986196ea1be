/** How every route behaves on wrong, odd and conditional requests; a new route joins by itself. */
package io.boxoffice.conduct;
