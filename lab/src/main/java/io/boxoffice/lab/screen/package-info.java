/** Shows a running lab. */
package io.boxoffice.lab.screen;
