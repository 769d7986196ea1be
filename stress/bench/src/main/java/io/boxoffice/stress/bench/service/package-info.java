/** The service as its users have it: processes of the packaged jar, reached by HTTP. */
package io.boxoffice.stress.bench.service;
