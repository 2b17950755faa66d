package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.ListCategoriesResponse;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.ListCustomersResponse;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.ListSessionsResponse;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.order.ListOrdersResponse;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.testsupport.Answer;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every unbounded list has pages, with the same parameters. */
class PageTest extends GatewayTest {

    static Stream<Arguments> lists() {
        return Stream.of(
                list(
                        "/api/v1/catalog/products",
                        CatalogQueriesGrpc.getSearchProductsMethod(),
                        SearchProductsResponse.newBuilder()),
                list(
                        "/api/v1/catalog/categories",
                        CatalogQueriesGrpc.getListCategoriesMethod(),
                        ListCategoriesResponse.newBuilder()),
                list("/api/v1/orders", OrderQueriesGrpc.getListOrdersMethod(), ListOrdersResponse.newBuilder()),
                list(
                        "/api/v1/customers",
                        CustomerQueriesGrpc.getListCustomersMethod(),
                        ListCustomersResponse.newBuilder()),
                list(
                        "/api/v1/customers/me/sessions",
                        IdentityQueriesGrpc.getListSessionsMethod(),
                        ListSessionsResponse.newBuilder()),
                list(
                        "/api/v1/customers/customer-1/sessions",
                        IdentityQueriesGrpc.getListSessionsMethod(),
                        ListSessionsResponse.newBuilder()),
                list(
                        "/api/v1/admin/signing-keys",
                        IdentityCommandsGrpc.getListSigningKeysMethod(),
                        SigningKeys.newBuilder()));
    }

    private static Arguments list(String path, MethodDescriptor<?, ?> method, Message.Builder empty) {
        FieldDescriptor next = empty.getDescriptorForType().findFieldByName("next_page_token");
        return Arguments.of(path, method, empty.setField(next, "more").build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void size_and_token_reach_the_side_and_the_next_token_comes_back(
            String path, MethodDescriptor<Message, Message> method, Message page) {
        AtomicReference<Message> asked = new AtomicReference<>();
        sides.on(method, request -> {
            Object wanted = request.getField(request.getDescriptorForType().findFieldByName("page"));
            if (!wanted.equals(PageRequest.getDefaultInstance())) {
                asked.set((Message) wanted);
            }
            return page;
        });

        Answer answer =
                sendAs(ADMIN, "GET", path + "?pageSize=7&pageToken=here").hasStatus(200);

        assertThat(asked.get())
                .isEqualTo(PageRequest.newBuilder().setSize(7).setToken("here").build());
        assertThat(answer.body()).isEqualTo("{\"items\":[],\"nextPageToken\":\"more\"}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void a_page_has_at_most_a_hundred_items(String path, MethodDescriptor<Message, Message> method, Message page) {
        sendAs(ADMIN, "GET", path + "?pageSize=101")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("pageSize");
    }
}
