/** Whether the shop's books agree with what its buyers were told. */
package io.boxoffice.stress.crowd.audit;
