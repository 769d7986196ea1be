/** What the lab needs of the machine: commands, namespaces, packages, and one lab at a time. */
package io.boxoffice.lab.host;
