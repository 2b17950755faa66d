package dev.kontor.side.platform;

import org.axonframework.eventhandling.pooled.MaxSegmentProvider;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;

/** A number of segments that may be 0. The builder of a processor rejects 0; the running processor accepts it. */
final class SegmentLimit implements MaxSegmentProvider {

    private final MaxSegmentProvider limit;
    private volatile boolean built;

    SegmentLimit(MaxSegmentProvider limit) {
        this.limit = limit;
    }

    void over(PooledStreamingEventProcessor.Builder processor) {
        processor.maxSegmentProvider(this);
        built = true;
    }

    @Override
    public int getMaxSegments(String processor) {
        return built ? limit.getMaxSegments(processor) : 1;
    }
}
