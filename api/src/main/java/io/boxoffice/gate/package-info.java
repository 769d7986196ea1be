/** Gates: devices at the entrances scan tickets, and each ticket is admitted once. */
package io.boxoffice.gate;
