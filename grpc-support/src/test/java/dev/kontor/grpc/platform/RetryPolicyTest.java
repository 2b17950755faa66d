package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class RetryPolicyTest {

    /** A new repeatable method has to be added here. */
    private static final List<String> REPEATED = List.of(
            "kontor.v1.CartCommands/ClearCart",
            "kontor.v1.CartCommands/MergeCart",
            "kontor.v1.CartCommands/PutCartItem",
            "kontor.v1.CartCommands/RemoveCartItem",
            "kontor.v1.CartQueries/AwaitCheckout",
            "kontor.v1.CartQueries/GetCart",
            "kontor.v1.CartQueries/QuoteCart",
            "kontor.v1.CartQueries/WatchCart",
            "kontor.v1.CatalogCommands/ChangeProduct",
            "kontor.v1.CatalogCommands/DelistProduct",
            "kontor.v1.CatalogQueries/GetProduct",
            "kontor.v1.CatalogQueries/GetProducts",
            "kontor.v1.CatalogQueries/ListCategories",
            "kontor.v1.CatalogQueries/SearchProducts",
            "kontor.v1.CatalogQueries/SuggestProducts",
            "kontor.v1.CustomerQueries/AwaitCustomer",
            "kontor.v1.CustomerQueries/GetCustomer",
            "kontor.v1.CustomerQueries/GetCustomers",
            "kontor.v1.CustomerQueries/ListCustomers",
            "kontor.v1.DeadLetterOperations/ListDeadLetterQueues",
            "kontor.v1.DeadLetterOperations/ListDeadLetters",
            "kontor.v1.EventLog/FollowEvents",
            "kontor.v1.EventLog/GetStory",
            "kontor.v1.EventLog/ListEvents",
            "kontor.v1.IdentityCommands/ListSigningKeys",
            "kontor.v1.IdentityQueries/AwaitRevoked",
            "kontor.v1.IdentityQueries/ListSessions",
            "kontor.v1.KeyedRequests/KeepAnswer",
            "kontor.v1.KeyedRequests/RecallRequest",
            "kontor.v1.OperatorCommands/ReplayAggregate",
            "kontor.v1.OrderCommands/CancelOrder",
            "kontor.v1.OrderCommands/DeliverOrder",
            "kontor.v1.OrderCommands/PlaceOrder",
            "kontor.v1.OrderQueries/GetOrder",
            "kontor.v1.OrderQueries/ListOrders",
            "kontor.v1.OrderQueries/WatchOrder",
            "kontor.v1.ProcessorOperations/ChangeProcessor",
            "kontor.v1.ProcessorOperations/ListProcessors",
            "kontor.v1.TokenVerification/AwaitRevocation",
            "kontor.v1.TokenVerification/CheckToken",
            "kontor.v1.TokenVerification/ListKeys",
            "kontor.v1.ViewOperations/ChangeView",
            "kontor.v1.ViewOperations/DropGeneration",
            "kontor.v1.ViewOperations/ListViews");

    @Test
    void the_repeatable_methods_are_those_of_the_proto_files() {
        List<String> repeatable = RetryPolicy.CONTRACT.stream()
                .flatMap(service -> service.getMethods().stream())
                .filter(RetryPolicy::isRepeatable)
                .map(MethodDescriptor::getFullMethodName)
                .sorted()
                .toList();

        assertThat(repeatable).containsExactlyElementsOf(REPEATED);
    }

    @Test
    void the_configuration_of_a_channel_names_only_these() {
        List<?> methodConfigs = (List<?>) RetryPolicy.serviceConfig().get("methodConfig");
        assertThat(methodConfigs).hasSize(1);
        Map<?, ?> only = (Map<?, ?>) methodConfigs.getFirst();

        List<String> named = new ArrayList<>();
        for (Object name : (List<?>) only.get("name")) {
            named.add(((Map<?, ?>) name).get("service") + "/" + ((Map<?, ?>) name).get("method"));
        }

        assertThat(named).containsExactlyInAnyOrderElementsOf(REPEATED);
        assertThat(((Map<?, ?>) only.get("retryPolicy")).get("retryableStatusCodes"))
                .isEqualTo(List.of("UNAVAILABLE", "CANCELLED"));
    }

    @Test
    void every_service_of_the_proto_files_is_in_the_list() throws IOException {
        Resource[] classes =
                new PathMatchingResourcePatternResolver().getResources("classpath*:dev/kontor/proto/**/*Grpc.class");
        List<String> generated = Arrays.stream(classes)
                .map(file -> file.getFilename().replace("Grpc.class", ""))
                .toList();

        assertThat(generated).hasSizeGreaterThan(10);
        assertThat(RetryPolicy.CONTRACT.stream()
                        .map(ServiceDescriptor::getName)
                        .map(name -> name.substring(name.lastIndexOf('.') + 1)))
                .containsExactlyInAnyOrderElementsOf(generated);
    }
}
