package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kontor.gateway.GraphQlTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.testsupport.Answer;
import graphql.introspection.IntrospectionQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that would cost more than any useful one are refused before a data fetcher runs. */
class GraphQlBoundsTest extends GraphQlTest {

    private static final String NODE = "{ edges { node { id } } }";

    private static String times(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(" "));
    }

    private static String nested(int levels, String open, String leaf) {
        return open.repeat(levels) + leaf + "}".repeat(levels);
    }

    static Stream<Arguments> bombs() {
        Map<String, Object> many = new HashMap<>();
        IntStream.range(0, 4_000).forEach(i -> many.put("v" + i, "x"));
        return Stream.of(
                arguments("characters", "{ me { id } } #" + "x".repeat(17_000), Map.of()),
                arguments("tokens", "{ me { " + "id ".repeat(5_000) + "} }", Map.of()),
                arguments("tokens", "{ me { id " + ", ".repeat(8_000) + "} }", Map.of()),
                arguments("levels", nested(100, "{ a ", "{ b }"), Map.of()),
                arguments("levels", "{ me " + nested(11, "{ me ", "{ id }") + " }", Map.of()),
                arguments("levels", nested(900, "{ ... ", "{ me { id } }"), Map.of()),
                arguments("levels", "{ ...a } fragment a on Query { ...a }", Map.of()),
                arguments("levels", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", Map.of()),
                arguments("levels", "{ __schema { types " + nested(16, "{ ofType ", "{ name }") + " } }", Map.of()),
                arguments("fields", "{ me { " + "id ".repeat(700) + "} }", Map.of()),
                // 3 to the power of 9 fields.
                arguments(
                        "fields",
                        "{ ...f0 } "
                                + times(
                                        9,
                                        i -> "fragment f%d on Query { ...f%d ...f%d ...f%d }"
                                                .formatted(i, i + 1, i + 1, i + 1))
                                + " fragment f9 on Query { me { id } }",
                        Map.of()),
                // Validation compares fields of equal names with each other.
                arguments(
                        "fields",
                        "{ me { id } } "
                                + times(60, i -> "fragment f%d on Customer { %s }".formatted(i, "id ".repeat(20))),
                        Map.of()),
                arguments("aliases", "{ " + times(40, i -> "a%d: me { id }".formatted(i)) + " }", Map.of()),
                arguments("root fields", "{ " + "me { id } ".repeat(25) + "}", Map.of()),
                arguments(
                        "root fields",
                        "{ ...a ...a ...a } fragment a on Query { " + "me { id } ".repeat(8) + "}",
                        Map.of()),
                arguments("directives", "{ me { id " + "@include(if: true) ".repeat(200) + "} }", Map.of()),
                arguments("directives", "query " + "@a ".repeat(900) + "{ me { id } }", Map.of()),
                arguments(
                        "mutations",
                        "mutation { " + times(6, i -> "a%d: clearCart { cart { version } }".formatted(i)) + " }",
                        Map.of()),
                arguments(
                        "mutations",
                        "mutation { ...a ...a } fragment a on Mutation { "
                                + times(3, i -> "a%d: clearCart { cart { version } }".formatted(i)) + " }",
                        Map.of()),
                arguments(
                        "rows",
                        "{ " + times(11, i -> "a%d: products(first: 100) %s".formatted(i, NODE)) + " }",
                        Map.of()),
                arguments("rows", "{ products(first: 2000000000) " + NODE + " }", Map.of()),
                arguments("rows", "query($n: Int) { products(first: $n) " + NODE + " }", Map.of("n", 1_001)),
                arguments("rows", "query($n: Int = 1001) { products(first: $n) " + NODE + " }", Map.of()),
                arguments(
                        "rows",
                        "query($n: Int = 1001) { ... { ...a } } fragment a on Query { products(first: $n) " + NODE
                                + " }",
                        Map.of()),
                arguments(
                        "longer",
                        "query($v: [String!]) { me { id } }",
                        Map.of("v", IntStream.range(0, 11_000).boxed().toList())),
                arguments("", "query(" + times(300, i -> "$v%d: String".formatted(i)) + ") { me { id } }", many));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_is_refused_before_anything_is_executed(String what, String query, Map<String, Object> variables) {
        Answer answer = ask(CUSTOMER, query, variables).hasStatus(400);

        assertThat(answer.body()).contains(Problem.INVALID_REQUEST.urn(), what).hasSizeLessThan(20_000);
        assertThat(answer.json().has("data")).isFalse();
        assertThat(sides.calls()).isZero();
    }

    @Test
    void the_introspection_of_tools_is_within_the_bounds() {
        data(null, IntrospectionQuery.INTROSPECTION_QUERY);

        assertThat(sides.calls()).isZero();
    }

    @Test
    void a_thousand_rows_are_within_the_bounds() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());

        data(null, "{ " + times(10, i -> "a%d: products(first: 100) %s".formatted(i, NODE)) + " }");

        assertThat(sides.calls()).isEqualTo(10);
    }

    /** The sum of the page sizes counts root fields only. */
    @Test
    void lists_in_pages_are_root_fields() {
        Answer schema = data(null, "{ __schema { types { name fields { name type { name } } } } }");

        schema.json()
                .at("/data/__schema/types")
                .valueStream()
                .filter(type -> !type.at("/name").asString().equals("Query"))
                .flatMap(type -> type.at("/fields").valueStream())
                .forEach(
                        field -> assertThat(field.at("/type/name").asString("")).doesNotEndWith("Connection"));
    }
}
