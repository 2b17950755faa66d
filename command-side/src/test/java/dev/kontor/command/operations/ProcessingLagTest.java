package dev.kontor.command.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

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
    private final ProcessingLag lag = new ProcessingLag(processing, log);

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
    void who_asks_for_the_first_time_is_told_to_wait() {
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
}
