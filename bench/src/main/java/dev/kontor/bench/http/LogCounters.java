package dev.kontor.bench.http;

/**
 * What a shop's log of writes has done since its start.
 *
 * @param syncs how often it waited for the disk
 * @param syncNanos how long in sum; NaN if the shop does not measure it
 * @param head the position of the last event; NaN if the shop has none
 */
record LogCounters(double syncs, double syncNanos, double head) {

    LogCounters minus(LogCounters before) {
        return new LogCounters(syncs - before.syncs, syncNanos - before.syncNanos, head - before.head);
    }
}
