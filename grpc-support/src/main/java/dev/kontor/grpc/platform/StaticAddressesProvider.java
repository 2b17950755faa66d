package dev.kontor.grpc.platform;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/** Teaches gRPC targets of the form {@link StaticAddresses}. Found by gRPC itself, as a service. */
public final class StaticAddressesProvider extends NameResolverProvider {

    private static final int USUAL_PRIORITY = 5;

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        if (!StaticAddresses.SCHEME.equals(target.getScheme())) {
            return null;
        }
        return new StaticAddressResolver(
                StaticAddresses.parse(target.toString()),
                arguments.getOffloadExecutor(),
                arguments.getSynchronizationContext());
    }

    @Override
    public String getDefaultScheme() {
        return StaticAddresses.SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return List.of(InetSocketAddress.class);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Those of the same priority are told apart by scheme; a target without one is for DNS, which comes first by name. */
    @Override
    protected int priority() {
        return USUAL_PRIORITY - 1;
    }
}
