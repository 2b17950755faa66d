package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every list of the gRPC API has a bound. A new list has to be added here with its bound. */
class ListsOfTheContractTest {

    /** The service checks the bound before it reads a member. */
    private static final Set<String> BOUNDED_IN_REQUESTS = Set.of(
            // OrderCommandService: 100.
            "kontor.v1.PlaceOrderRequest.lines",
            // Paging: 100.
            "kontor.v1.GetProductsRequest.ids",
            "kontor.v1.GetCustomersRequest.ids",
            // CartCommandService, CartQueryService: 100.
            "kontor.v1.MergeCartRequest.lines",
            "kontor.v1.QuoteCartRequest.lines",
            // KeyedRequestService: 4.
            "kontor.v1.KeepAnswerRequest.shown_customer_ids",
            // Requests: 20.
            "kontor.v1.Precondition.versions",
            // SessionQueryService, TokenVerificationService: 100.
            "kontor.v1.Revoked.revocations");

    private static final Set<String> BOUNDED_IN_ANSWERS = Set.of(
            // At most as many as a request may have: 100.
            "kontor.v1.Cart.items",
            "kontor.v1.GetProductsResponse.products",
            "kontor.v1.GetCustomersResponse.customers",
            "kontor.v1.Order.lines",
            "kontor.v1.Rejection.lines",
            "kontor.v1.MergeCartResponse.added",
            "kontor.v1.MergeCartResponse.left_out",
            "kontor.v1.QuoteCartResponse.items",
            // ProductFacets: 20 values, one band for each of 34 prices; CatalogQueryService: 20.
            "kontor.v1.Facets.categories",
            "kontor.v1.Facets.sellers",
            "kontor.v1.Facets.prices",
            "kontor.v1.SuggestProductsResponse.suggestions",
            // One command revokes a customer's tokens, a session or a key.
            "kontor.v1.Revoked.revocations",
            // One for each event processor and saga; DeadLetterService: 100.
            "kontor.v1.ListDeadLetterQueuesResponse.queues",
            "kontor.v1.DeadLetterQueue.groups",
            // One for each event processor, and its segments.
            "kontor.v1.ListProcessorsResponse.processors",
            "kontor.v1.EventProcessor.segments",
            // One for each view, one for each invariant; the first 100 violations.
            "kontor.v1.ListViewsResponse.views",
            // Stories: 500.
            "kontor.v1.Story.steps",
            // The first 20 documents that differ.
            "kontor.v1.GenerationComparison.examples",
            "kontor.v1.AuditReport.checks",
            "kontor.v1.AuditReport.violations",
            "kontor.v1.AuditReport.views",
            "kontor.v1.AuditReport.letters");

    @Test
    void every_list_that_a_caller_sends_has_a_bound() {
        assertThat(lists(MethodDescriptor::getInputType)).isEqualTo(new TreeSet<>(BOUNDED_IN_REQUESTS));
    }

    @Test
    void every_list_that_is_answered_is_paged_or_bounded_by_what_it_is() {
        assertThat(lists(MethodDescriptor::getOutputType)).isEqualTo(new TreeSet<>(BOUNDED_IN_ANSWERS));
    }

    private static Set<String> lists(Function<MethodDescriptor, Descriptor> side) {
        Set<String> found = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        methods().map(side).forEach(message -> walk(message, found, seen));
        return found;
    }

    private static Stream<MethodDescriptor> methods() {
        return RetryPolicy.CONTRACT.stream()
                .map(service -> (ProtoServiceDescriptorSupplier) service.getSchemaDescriptor())
                .flatMap(service -> service.getServiceDescriptor().getMethods().stream());
    }

    private static void walk(Descriptor message, Set<String> found, Set<String> seen) {
        if (!seen.add(message.getFullName())) {
            return;
        }
        boolean paged = message.findFieldByName("next_page_token") != null;
        for (FieldDescriptor field : message.getFields()) {
            if (field.isRepeated() && !paged) {
                found.add(field.getFullName());
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                walk(field.getMessageType(), found, seen);
            }
        }
    }
}
