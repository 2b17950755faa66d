package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.grpc.platform.RefusedException.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViolationsTest {

    private final Violations violations = new Violations();

    private static String tooLong() {
        throw new IllegalArgumentException("is too long");
    }

    @Test
    void a_valid_value_is_passed_on() {
        assertThat(violations.at("name", () -> "Anna")).isEqualTo("Anna");
        violations.refuseIfAny();
    }

    @Test
    void all_violations_are_reported_at_once() {
        assertThat(violations.at("name", ViolationsTest::tooLong)).isNull();
        violations.add("price", "must be given");

        RefusedException refused = catchThrowableOfType(RefusedException.class, violations::refuseIfAny);

        assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(refused.detail()).isEqualTo("2 values are not valid");
        assertThat(refused.violations())
                .containsExactly(new Violation("name", "is too long"), new Violation("price", "must be given"));
    }

    @Test
    void a_single_violation_is_reported_in_a_sentence() {
        violations.add("price", "must be given");

        assertThatThrownBy(violations::refuseIfAny).hasMessage("price must be given");
    }

    @Test
    void the_first_twenty_are_listed_and_the_others_counted() {
        for (int i = 0; i < 349_000; i++) {
            violations.add("lines[" + i + "]", "is needed");
        }

        RefusedException refused = catchThrowableOfType(RefusedException.class, violations::refuseIfAny);

        assertThat(refused.violations()).hasSize(20).startsWith(new Violation("lines[0]", "is needed"));
        assertThat(refused.moreViolations()).isEqualTo(348_980);
        assertThat(refused.detail()).isEqualTo("349000 values are not valid");
    }

    @Test
    void texts_of_a_refusal_are_cut_between_characters() {
        String tea = "\uD83C\uDF75".repeat(500);

        RefusedException refused = new RefusedException(
                Problem.ORDER_STATUS, tea, Map.of("orderStatus", tea), List.of(new Violation(tea, "is no field")));

        assertThat(refused.detail()).hasSizeLessThanOrEqualTo(200).matches("(\uD83C\uDF75)+\u2026");
        assertThat(refused.attributes().get("orderStatus")).hasSizeLessThanOrEqualTo(100);
        assertThat(refused.violations().getFirst().field()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void a_fault_of_kontor_is_not_a_violation() {
        assertThatThrownBy(() -> violations.at("name", () -> {
                    throw new IllegalStateException("ours");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_refusal_is_an_answer_and_costs_no_stack_trace() {
        assertThat(new RefusedException(Problem.CART_EMPTY, "empty").getStackTrace())
                .isEmpty();
    }
}
