package dev.kontor.gateway.order;

import dev.kontor.gateway.catalog.ProductLookup;
import dev.kontor.gateway.order.OrderJson.LineJson;
import dev.kontor.gateway.order.OrderJson.OrderCustomerJson;
import dev.kontor.gateway.platform.Expand;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.customer.GetCustomerRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.springframework.stereotype.Component;

/** Adds the products and the customer to an order, with one call each. */
@Component
class OrderExpansion {

    private final ProductLookup products;
    private final CustomerQueriesBlockingStub customers;

    OrderExpansion(ProductLookup products, @QuerySideChannel Channel querySide) {
        this.products = products;
        this.customers = CustomerQueriesGrpc.newBlockingStub(querySide);
    }

    /** @throws RefusedException if a seller asks for the customer */
    OrderJson of(OrderJson order, Expand expand) {
        OrderJson expanded = order;
        if (expand.has(Expand.CUSTOMER)) {
            expanded = expanded.with(customer(order.customerId()));
        }
        if (expand.has(Expand.PRODUCTS)) {
            expanded = expanded.with(
                    products.of(order.lines().stream().map(LineJson::productId).toList()));
        }
        return expanded;
    }

    /** Null once erased. */
    private OrderCustomerJson customer(String id) {
        Caller caller = Caller.required();
        if (!caller.isAdmin() && !caller.customerId().equals(id)) {
            throw new RefusedException(Problem.FORBIDDEN, "Only the customer and admins may expand the customer");
        }
        try {
            return OrderCustomerJson.of(customers
                    .getCustomer(
                            GetCustomerRequest.newBuilder().setCustomerId(id).build())
                    .getCustomer());
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return null;
            }
            throw failure;
        }
    }
}
