package dev.kontor.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.bench.BadArgumentException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpBenchOptionsTest {

    @Test
    void without_arguments_orders_are_measured_once_in_a_closed_loop() {
        HttpBenchOptions options = HttpBenchOptions.parse(List.of());

        assertThat(options)
                .isEqualTo(new HttpBenchOptions(
                        Workload.ORDERS, 30, 64, 0, false, 1, WarmUp.USUAL, false, 100, null, null, null, null));
        assertThat(options.isOpenLoop()).isFalse();
    }

    @Test
    void values_follow_an_option_or_an_equals_sign(@TempDir Path folder) {
        Path json = folder.resolve("a.json");
        Path html = folder.resolve("a.html");

        assertThat(HttpBenchOptions.parse(List.of(
                        "--seconds",
                        "60",
                        "mixed",
                        "--clients=8",
                        "--rate",
                        "500",
                        "--runs=3",
                        "--warm-up",
                        "0",
                        "--products=1000",
                        "--heap=128m",
                        "--data",
                        folder.toString(),
                        "--json=" + json,
                        "--html",
                        html.toString())))
                .isEqualTo(new HttpBenchOptions(
                        Workload.MIXED,
                        60,
                        8,
                        500,
                        false,
                        3,
                        WarmUp.of(0),
                        false,
                        1_000,
                        "128m",
                        folder.toAbsolutePath(),
                        json,
                        html));
    }

    @Test
    void a_comparison_has_two_pairs_of_runs_unless_another_number_is_given() {
        assertThat(HttpBenchOptions.parse(List.of("--against-plain-shop")).runs())
                .isEqualTo(2);
        assertThat(HttpBenchOptions.parse(List.of("--against-plain-shop", "--runs", "5"))
                        .runs())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "sales;                           'sales' is unknown",
                "--fast;                          '--fast' is unknown",
                "orders item;                     one workload at a time",
                "--seconds;                       --seconds needs a value",
                "--seconds --rate 5;              --seconds needs a value",
                "--seconds=;                      --seconds needs a value",
                "--seconds 0;                     --seconds needs a whole number from 1 to 86400, not '0'",
                "--clients many;                  --clients needs a whole number from 1 to 2000, not 'many'",
                "--clients 2001;                  not '2001'",
                "--rate 1.5;                      not '1.5'",
                "--heap big;                      --heap needs a size such as 128m, not 'big'",
                "--json /no/such/folder/a.json;   --json needs a file in an existing folder",
                "--html /tmp;                     --html needs a file in an existing folder",
                "--overload --rate 5;             --overload finds its own rate",
                "--against-plain-shop --data a;   --against-plain-shop compares empty shops"
            })
    void what_cannot_be_used_is_named(String arguments, String message) {
        assertThatThrownBy(() -> HttpBenchOptions.parse(List.of(arguments.split(" "))))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining(message);
    }
}
