package dev.kontor.gateway.order;

import dev.kontor.gateway.platform.ProblemSource;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rejected or cancelled order. It is durable and readable; the client that placed it gets a conflict. */
final class RejectedOrder extends RuntimeException implements ProblemSource {

    private final transient OrderJson order;

    RejectedOrder(OrderJson order) {
        super(order.id(), null, false, false);
        this.order = order;
    }

    @Override
    public RefusedException refusal() {
        Problem problem = order.rejection() == null
                ? Problem.ORDER_CANCELLED
                : order.rejection().problem();
        return new RefusedException(problem, problem.title());
    }

    String location() {
        return OrderOutcome.location(order.id());
    }

    @Override
    public int status() {
        return HttpServletResponse.SC_CONFLICT;
    }

    @Override
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("orderId", order.id());
        if (order.rejection() != null) {
            members.put("rejection", order.rejection());
        }
        return members;
    }
}
