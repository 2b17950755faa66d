package dev.kontor.bench.http;

import dev.kontor.bench.http.Shop.Audit;
import java.util.List;
import java.util.Map;

/**
 * One measured run. What counts per operation counts per good answer.
 *
 * @param shop whose it is
 * @param warmUpSeconds of the same calls before
 * @param errors failed calls, by what was wrong
 * @param serverCpuMillis per operation, of all processes of the shop
 * @param compilerCpuMillis per operation, the part of it that the JIT compiler of the shop's JVM takes; 0 where there is
 *     no /proc
 * @param clientCpuMillis per operation
 * @param memoryBytes of all processes of the shop at the end
 * @param gcPauses collections that stopped the shop's JVM
 * @param gcMillis how long they stopped it in sum
 * @param writtenBytes per operation, handed to the disk, with everything that is written in the background
 * @param syncs of the log per operation
 * @param syncMillis how long one took on average; NaN if the shop does not measure it
 * @param hops the parts of an order; empty if the shop has no log of events
 * @param slices the run in time
 * @param overload what followed under twice as many calls; null if none were made
 */
record Run(
        String shop,
        double warmUpSeconds,
        double seconds,
        double perSecond,
        long good,
        Map<String, Long> errors,
        Latencies latencies,
        Map<Operation, Latencies> byOperation,
        double serverCpuMillis,
        double compilerCpuMillis,
        double clientCpuMillis,
        long memoryBytes,
        long gcPauses,
        double gcMillis,
        double writtenBytes,
        double syncs,
        double syncMillis,
        List<OrderPath.Hop> hops,
        List<Slice> slices,
        Overload overload,
        Audit audit) {

    /**
     * A part of a run.
     *
     * @param seconds from the begin of the run to the end of the slice
     * @param byOperation good answers by operation, of those with any
     * @param serverCpuMillis per operation; not a finite number if there was none
     */
    record Slice(
            double seconds,
            double perSecond,
            double p50Millis,
            double p99Millis,
            Map<Operation, Part> byOperation,
            double serverCpuMillis,
            long memoryBytes) {

        /** Not a number if there was no good answer. */
        double p50(Operation operation) {
            Part part = byOperation.get(operation);
            return part == null ? Double.NaN : part.p50Millis();
        }
    }

    /** The good answers of one operation in a slice. */
    record Part(long count, double p50Millis, double p99Millis) {

        static Part of(Latencies times) {
            return new Part(times.count(), times.p50Millis(), times.p99Millis());
        }
    }

    long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
