/** Access control: who may call what. Buying needs no token. */
package io.boxoffice.platform.auth;
