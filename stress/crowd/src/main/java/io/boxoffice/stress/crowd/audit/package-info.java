/** Whether the records of the shop agree with the answers that its buyers received. */
package io.boxoffice.stress.crowd.audit;
