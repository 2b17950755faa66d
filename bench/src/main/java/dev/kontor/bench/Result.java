package dev.kontor.bench;

/**
 * The result of a run.
 *
 * @param sortedNanos from placing an order to its confirmation, one a confirmed order, ascending
 */
record Result(long[] sortedNanos, long elapsedNanos) {

    double perSecond() {
        return sortedNanos.length * 1e9 / elapsedNanos;
    }

    double percentileMillis(int percent) {
        return sortedNanos.length == 0
                ? Double.NaN
                : sortedNanos[Math.min(sortedNanos.length - 1, sortedNanos.length * percent / 100)] / 1e6;
    }
}
