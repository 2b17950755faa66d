package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    @Test
    void cpu_is_that_of_the_process_and_of_its_ended_children() {
        String stat = "4242 (a (b) c) S 1 4242 4242 0 -1 4194560 36 72 0 0 100 20 3 4 20 0 33 0 150 1 2 3";

        assertThat(ProcessUsage.cpu(stat)).isEqualTo(127 * 10_000_000L);
    }

    @Test
    void this_process_uses_memory_and_time() {
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current());

        assertThat(usage.cpuNanos()).isPositive();
    }

    @Test
    void threads_of_the_compiler_are_known_by_their_names() {
        assertThat(ProcessUsage.isCompiler("4250 (C2 CompilerThre) S 1")).isTrue();
        assertThat(ProcessUsage.isCompiler("4251 (C1 CompilerThre) S 1")).isTrue();
        assertThat(ProcessUsage.isCompiler("4252 (orders-0) S 1")).isFalse();
    }

    @Test
    void collections_of_all_collectors_count() {
        GarbageCollection gc = GarbageCollection.of(Stream.of(
                "4242:",
                "sun.gc.collector.0.invocations=7",
                "sun.gc.collector.0.lastEntryTime=999",
                "sun.gc.collector.0.name=\"G1 young collection pauses\"",
                "sun.gc.collector.0.time=3000",
                "sun.gc.collector.1.invocations=1",
                "sun.gc.collector.1.time=500",
                "sun.os.hrt.frequency=1000000"));

        assertThat(gc).isEqualTo(new GarbageCollection(8, 3_500_000));
        assertThat(gc.minus(new GarbageCollection(6, 1_500_000)).millis()).isEqualTo(2);
    }

    @Test
    void an_answer_without_counters_is_reported() {
        assertThatThrownBy(() -> GarbageCollection.of(Stream.of("4242: no such process")))
                .hasMessageContaining("no such process");
    }
}
