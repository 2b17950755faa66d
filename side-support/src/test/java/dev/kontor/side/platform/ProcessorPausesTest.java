package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.testsupport.MemoryMongo;
import org.axonframework.eventhandling.pooled.MaxSegmentProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two instances that share the names of paused processors. */
class ProcessorPausesTest {

    private static final String NAME = "orders";

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    private final ProcessorPauses one = new ProcessorPauses(new MongoPausedProcessors(mongo.database()));
    private final ProcessorPauses other = new ProcessorPauses(new MongoPausedProcessors(mongo.database()));

    @Test
    void a_pause_ends_all_segments_in_each_instance_until_it_is_resumed() {
        MaxSegmentProvider limit = other.limit(_ -> 4);
        assertThat(limit.getMaxSegments(NAME)).isEqualTo(4);

        one.pause(NAME);
        one.pause(NAME);
        other.prepare();

        assertThat(one.isPaused(NAME)).isTrue();
        assertThat(limit.getMaxSegments(NAME)).isZero();
        assertThat(limit.getMaxSegments("carts")).isEqualTo(4);

        other.resume(NAME);
        one.prepare();

        assertThat(limit.getMaxSegments(NAME)).isEqualTo(4);
        assertThat(one.isPaused(NAME)).isFalse();
    }
}
