/** What the command lines of the lab have in common. */
package io.boxoffice.lab.usage;
