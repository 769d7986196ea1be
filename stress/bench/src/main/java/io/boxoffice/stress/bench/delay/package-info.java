/** What delayed requests cost a service that is running already. Begin at DelayBenchmark. */
package io.boxoffice.stress.bench.delay;
