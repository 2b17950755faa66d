package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.kontor.side.platform.SharedTokens;
import java.util.Map;
import java.util.Optional;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessingLagTest {

    private final EventProcessingConfiguration processing = mock();
    private final StreamingEventProcessor processor = mock();
    private final EventStore log = mock();
    private final EventTrackerStatus segment = mock();
    private final ProcessingLag lag = new ProcessingLag(processing, log, (SharedTokens) null);

    @BeforeEach
    void one_segment() {
        when(processing.eventProcessor(eq(OrderProcessing.GROUP), any())).thenReturn(Optional.of(processor));
        when(processor.processingStatus()).thenReturn(Map.of(0, segment));
    }

    private void logHolds(long events) {
        when(log.createHeadToken()).thenReturn(new GlobalSequenceTrackingToken(events));
    }

    private void processorHasRead(long events) {
        when(segment.getTrackingToken()).thenReturn(new GlobalSequenceTrackingToken(events));
    }

    @Test
    void a_first_caller_has_to_wait() {
        logHolds(10);
        processorHasRead(10);

        assertThat(lag.isBehind()).isTrue();
        assertThat(lag.isBehind()).isFalse();
    }

    @Test
    void a_processor_that_has_read_what_there_was_last_time_is_not_behind() {
        logHolds(10);
        lag.isBehind();
        logHolds(50);
        processorHasRead(10);

        assertThat(lag.isBehind()).isFalse();
    }

    @Test
    void a_processor_that_has_not_is() {
        logHolds(10);
        lag.isBehind();
        processorHasRead(9);

        assertThat(lag.isBehind()).isTrue();
    }

    @Test
    void a_processor_in_error_is_behind() {
        logHolds(10);
        processorHasRead(10);
        lag.isBehind();
        when(segment.isErrorState()).thenReturn(true);

        assertThat(lag.isBehind()).isTrue();
    }

    @Test
    void a_processor_without_a_segment_or_a_token_is_behind() {
        logHolds(10);
        lag.isBehind();
        assertThat(lag.isBehind()).as("no token").isTrue();

        processorHasRead(10);
        when(processor.processingStatus()).thenReturn(Map.of());

        assertThat(lag.isBehind()).as("no segment").isTrue();
    }

    @Test
    void an_old_entry_of_the_log_no_longer_counts() {
        logHolds(10);
        lag.isBehind();
        processorHasRead(9);
        for (int question = 0; question < ProcessingLag.QUESTIONS; question++) {
            logHolds(50);
            assertThat(lag.isBehind()).isTrue();
        }

        processorHasRead(10);
        assertThat(lag.isBehind()).as("fifty events since").isTrue();
        processorHasRead(50);
        assertThat(lag.isBehind()).isFalse();
    }

    /** The positions of other processes are known a second late. */
    @Test
    void while_it_is_waited_for_what_it_must_have_read_stays_the_same() {
        logHolds(10);
        lag.isBehind();
        logHolds(20);
        processorHasRead(9);
        assertThat(lag.isBehind()).isTrue();

        logHolds(30);
        processorHasRead(10);

        assertThat(lag.isBehind()).isFalse();
    }

    @Test
    void the_first_segment_is_here_or_elsewhere() {
        assertThat(lag.hasFirstSegment()).isTrue();

        when(processor.processingStatus()).thenReturn(Map.of(1, segment));

        assertThat(lag.hasFirstSegment()).isFalse();
    }
}
