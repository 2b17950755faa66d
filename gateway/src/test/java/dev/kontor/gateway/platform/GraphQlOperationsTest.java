package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.kontor.gateway.GraphQlTest;
import dev.kontor.gateway.ScriptedSides;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsRequest;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each query and mutation: the call to a side that it makes, and the answer that it makes of the side's. */
class GraphQlOperationsTest extends ScriptedShop {

    private record Row(
            String field, String caller, String query, String method, String request, String path, String value) {

        @Override
        public String toString() {
            return field + ": " + query;
        }
    }

    static List<Row> operations() throws IOException {
        try (InputStream table = GraphQlTest.class.getResourceAsStream("graphql-operations.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]))
                    .toList();
        }
    }

    private String tokenOf(String caller) {
        return switch (caller) {
            case "CUSTOMER" -> CUSTOMER;
            case "ADMIN" -> ADMIN;
            default -> null;
        };
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_makes_its_call_and_shows_the_answer(Row row) {
        Answer answer = ask(tokenOf(row.caller), row.query, Map.of(), "User-Agent", "Lynx")
                .hasStatus(200);

        assertThat(answer.json().has("errors")).as(answer.body()).isFalse();
        assertThat(answer.at("/data" + row.path)).isEqualTo(row.value);
        ScriptedSides.Call call = sides.received("kontor.v1." + row.method);
        String sent = TextFormat.printer().emittingSingleLine(true).printToString((Message) call.request());
        // An order without a key would have a random id; with one the id is ignored.
        assertThat(sent.replaceFirst("order_id: \"[-0-9a-f]{36}\" ", "").strip())
                .isEqualTo(row.request);
        String caller =
                row.caller.equals("ANYBODY") ? null : TestAuthority.idOf(row.caller.toLowerCase(Locale.ROOT) + "-1");
        assertThat(call.callerId()).isEqualTo(caller);
    }

    @Test
    void the_table_has_every_operation() throws IOException {
        Set<String> served = new TreeSet<>();
        for (String type : List.of("Query", "Mutation")) {
            data(null, "{ __type(name: \"" + type + "\") { fields { name } } }")
                    .json()
                    .at("/data/__type/fields")
                    .valueStream()
                    .forEach(field -> served.add(field.at("/name").asString()));
        }

        assertThat(operations().stream().map(Row::field).collect(Collectors.toSet()))
                .isEqualTo(served);
    }

    @Test
    void a_page_ends_with_the_cursor_of_the_next() {
        Answer page = data(
                null,
                "{ products(first: 2, after: \"earlier\") { edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }");

        assertThat(page.json().at("/data/products/edges/0/cursor").isNull()).isTrue();
        assertThat(page.at("/data/products/edges/1/cursor")).isEqualTo("more");
        assertThat(page.at("/data/products/pageInfo/endCursor")).isEqualTo("more");
        assertThat(page.at("/data/products/pageInfo/hasNextPage")).isEqualTo("true");
        assertThat(page.at("/data/products/pageInfo/hasPreviousPage")).isEqualTo("true");
        assertThat(((SearchProductsRequest) sides.received(CatalogQueriesGrpc.getSearchProductsMethod())
                                .request())
                        .getPage()
                        .getToken())
                .isEqualTo("earlier");
    }

    @Test
    void a_write_that_is_not_visible_yet_is_accepted() {
        Answer answer = ask(
                CUSTOMER,
                "mutation { addStock(productId: \"p\", quantity: 3) { product { id } accepted { id version } } }",
                Map.of(),
                "Prefer",
                "respond-async");

        assertThat(answer.json().at("/data/addStock/product").isNull()).isTrue();
        assertThat(answer.at("/data/addStock/accepted/id")).isEqualTo("written-1");
        assertThat(answer.at("/data/addStock/accepted/version")).isEqualTo("3");
        assertThat(sides.count(CatalogQueriesGrpc.getGetProductMethod())).isZero();
    }

    @Test
    void mutations_run_one_after_the_other_and_a_refused_one_stops_none() {
        Answer answer = ask(
                        CUSTOMER,
                        "mutation { a: addStock(productId: \"p\", quantity: 0) { product { id } }"
                                + " b: addStock(productId: \"p\", quantity: 1) { product { id } } }")
                .hasStatus(200);

        assertThat(answer.at("/errors/0/path/0")).isEqualTo("a");
        assertThat(answer.at("/errors/0/extensions/errors/0/field")).isEqualTo("quantity");
        assertThat(answer.at("/data/b/product/id")).isEqualTo("product-1");
    }
}
