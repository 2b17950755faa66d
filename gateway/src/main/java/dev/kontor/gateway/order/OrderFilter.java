package dev.kontor.gateway.order;

import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.order.ListOrdersRequest;
import dev.kontor.proto.order.OrderStatus;
import java.util.EnumSet;
import java.util.Set;

/** Translates the query parameters of the list of orders. */
final class OrderFilter {

    static final String SELLER = "seller";

    private static final Set<OrderStatus> STATUSES =
            EnumSet.complementOf(EnumSet.of(OrderStatus.ORDER_STATUS_UNSPECIFIED, OrderStatus.UNRECOGNIZED));

    private OrderFilter() {}

    /** Absent parameters are empty texts. */
    static ListOrdersRequest of(String as, String status, boolean all, String customer, PageRequest page) {
        Violations violations = new Violations();
        if (!as.isEmpty() && !as.equals(SELLER)) {
            violations.add("as", "must be " + SELLER);
        }
        if (all && !customer.isEmpty() || !as.isEmpty() && (all || !customer.isEmpty())) {
            violations.add("as", "cannot be combined with all or customer, nor can these two be combined");
        }
        OrderStatus wanted = violations.at("status", () -> statusOf(status));
        violations.refuseIfAny();
        ListOrdersRequest.Scope own = all ? ListOrdersRequest.Scope.ALL : ListOrdersRequest.Scope.OWN;
        return ListOrdersRequest.newBuilder()
                .setScope(as.isEmpty() ? own : ListOrdersRequest.Scope.SALES)
                .setCustomerId(customer)
                .setStatus(wanted)
                .setPage(page)
                .build();
    }

    private static OrderStatus statusOf(String name) {
        if (name.isEmpty()) {
            return OrderStatus.ORDER_STATUS_UNSPECIFIED;
        }
        return STATUSES.stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + STATUSES));
    }
}
