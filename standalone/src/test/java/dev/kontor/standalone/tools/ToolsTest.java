package dev.kontor.standalone.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.tools.console.Arguments;
import dev.kontor.standalone.tools.console.Tool;
import dev.kontor.standalone.tools.console.ToolConsole;
import dev.kontor.standalone.tools.console.ToolException;
import dev.kontor.standalone.tools.console.ToolOutcome;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolsTest {

    private interface Doing {
        ToolOutcome with(Arguments arguments) throws FileNotFoundException;
    }

    private record Probe(Doing doing) implements Tool {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public String help() {
            return "All about the probe.\n";
        }

        @Override
        public List<String> operands() {
            return List.of("DIR");
        }

        @Override
        public Set<String> options() {
            return Set.of("speed");
        }

        @Override
        public Set<String> flags() {
            return Set.of("quick");
        }

        @Override
        public ToolOutcome run(Arguments arguments, ToolConsole console) throws FileNotFoundException {
            return doing.with(arguments);
        }
    }

    private static final Tool ECHO = new Probe(arguments -> ToolOutcome.good("%s %s %s %s"
            .formatted(
                    arguments.operand(0),
                    arguments.option("speed").orElse("-"),
                    arguments.has("quick"),
                    arguments.data().root().getFileName())));

    @ParameterizedTest
    @CsvSource({
        "x,x - false data",
        "x --speed 3,x 3 false data",
        "--speed=3 x --quick,x 3 true data",
        "--data=elsewhere x,x - false elsewhere",
        "--data elsewhere x --speed=,x  false elsewhere"
    })
    void options_and_arguments_reach_the_tool(String arguments, String line) {
        ToolOutput told = ToolOutput.by(ECHO, (Object[]) arguments.split(" "));

        assertThat(told.exitCode()).isZero();
        assertThat(told.lastLine()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x y", "x --speed", "x --sped 3", "x --quick=yes", "x --data", "-h", "-"})
    void unknown_options_are_refused_with_the_help(String arguments) {
        ToolOutput told = ToolOutput.by(ECHO, (Object[]) (arguments.isEmpty() ? new String[0] : arguments.split(" ")));

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).startsWith("kontor: ").contains("All about the probe.");
    }

    @Test
    void with_the_help_option_the_tool_does_nothing_else() {
        ToolOutput told = ToolOutput.by(
                new Probe(arguments -> {
                    throw new AssertionError("it ran");
                }),
                "--help");

        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).isEqualTo("All about the probe.\n");
    }

    @Test
    void a_negative_outcome_has_exit_code_1() {
        ToolOutput told = ToolOutput.by(new Probe(arguments -> ToolOutcome.bad("3 violations")), "x");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).isEqualTo("3 violations");
    }

    @Test
    void a_failure_is_a_sentence_on_the_last_line() {
        ToolOutput told = ToolOutput.by(
                new Probe(arguments -> {
                    throw new ToolException("The disk is on fire");
                }),
                "x");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).isEqualTo("probe failed: The disk is on fire");
        assertThat(told.err()).isEmpty();
    }

    @Test
    void an_unexpected_failure_shows_its_stack_trace() {
        ToolOutput told = ToolOutput.by(
                new Probe(arguments -> {
                    throw new IllegalStateException("never happens");
                }),
                "x");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.lastLine()).isEqualTo("probe failed: never happens");
        assertThat(told.err()).contains("at dev.kontor.standalone.tools.ToolsTest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--kontor.data=x", "up", ""})
    void other_arguments_are_left_to_the_server(String first) {
        assertThat(Tools.run(first)).isEmpty();
        assertThat(Tools.run()).isEmpty();
    }
}
