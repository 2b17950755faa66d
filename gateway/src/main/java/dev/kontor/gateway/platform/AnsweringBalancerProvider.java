package dev.kontor.gateway.platform;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;

/** Registers {@link AnsweringBalancer} with gRPC, through the service loader. */
public final class AnsweringBalancerProvider extends LoadBalancerProvider {

    static final String POLICY = "answering";

    private static final int USUAL_PRIORITY = 5;

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return USUAL_PRIORITY;
    }

    @Override
    public String getPolicyName() {
        return POLICY;
    }

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        return new AnsweringBalancer(helper);
    }
}
