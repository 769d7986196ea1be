/** Events: what they are called and their JSON form. */
package io.boxoffice.event.model;
