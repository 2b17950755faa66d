package dev.kontor.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kontor.audit.Invariant;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The clean history with one violation in it. A subclass lists the violations. */
abstract class ViolationsOfLog {

    static Arguments with(Invariant invariant, String detail, String name, Consumer<EventHistory> wrong) {
        return arguments(named(name, wrong), invariant, detail);
    }

    @ParameterizedTest
    @MethodSource("violations")
    void one_thing_wrong_is_found_and_named(Consumer<EventHistory> wrong, Invariant invariant, String detail) {
        EventHistory story = ShopEvents.tell();

        wrong.accept(story);

        AuditReport report = new Audit(story, null, line -> {}).run();
        assertThat(report.violations()).as(report.text()).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            assertThat(violation.detail()).contains(detail);
        });
        assertThat(report.isClean()).isFalse();
    }
}
