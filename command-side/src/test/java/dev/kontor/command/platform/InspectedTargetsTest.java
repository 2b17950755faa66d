package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Test;

class InspectedTargetsTest {

    private final InspectedTargets targets = new InspectedTargets();

    /** A family of commands whose aggregate has a fixed id. */
    public interface OfTheShop {

        @TargetAggregateIdentifier
        default String id() {
            return "shop";
        }
    }

    public record Move(int by, @TargetAggregateIdentifier String to) {}

    public record Close(String reason) implements OfTheShop {}

    public record Lost(String id) {}

    private String target(Object command) {
        return targets.resolveTarget(new GenericCommandMessage<>(command)).getIdentifier();
    }

    @Test
    void a_component_names_the_aggregate() {
        assertThat(target(new Move(1, "a"))).isEqualTo("a");
        assertThat(target(new Move(2, "b"))).isEqualTo("b");
    }

    @Test
    void an_inherited_method_names_the_aggregate() {
        assertThat(target(new Close("late"))).isEqualTo("shop");
    }

    @Test
    void a_command_without_a_target_is_an_error_that_names_it() {
        assertThatThrownBy(() -> target(new Lost("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Lost");
    }

    @Test
    void a_command_whose_target_is_null_is_an_error() {
        assertThatThrownBy(() -> target(new Move(1, null))).isInstanceOf(IllegalArgumentException.class);
    }
}
