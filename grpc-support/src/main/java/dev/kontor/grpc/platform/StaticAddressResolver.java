package dev.kontor.grpc.platform;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves the names of a list, at the start and whenever a connection breaks; the JVM caches the result for some
 * seconds. Every address is a separate instance, whose certificate must have the name in the list. A name that cannot
 * be resolved is omitted if others can.
 */
final class StaticAddressResolver extends NameResolver {

    private static final Logger log = LoggerFactory.getLogger(StaticAddressResolver.class);

    private final StaticAddresses listed;
    private final Executor lookingUp;
    private final SynchronizationContext together;

    /** Used in the synchronization context only, as the fields below. */
    private Listener2 listener;

    private List<EquivalentAddressGroup> found = List.of();
    private boolean busy;
    private boolean ended;

    /** @param lookingUp for blocking work */
    StaticAddressResolver(StaticAddresses listed, Executor lookingUp, SynchronizationContext together) {
        this.listed = listed;
        this.lookingUp = lookingUp;
        this.together = together;
    }

    @Override
    public String getServiceAuthority() {
        return listed.addresses().getFirst().toString();
    }

    @Override
    public void start(Listener2 starting) {
        listener = starting;
        refresh();
    }

    @Override
    public void refresh() {
        if (!busy && !ended) {
            busy = true;
            lookingUp.execute(() -> {
                List<EquivalentAddressGroup> groups = lookUp();
                together.execute(() -> tell(groups));
            });
        }
    }

    @Override
    public void shutdown() {
        ended = true;
    }

    private void tell(List<EquivalentAddressGroup> groups) {
        busy = false;
        if (ended) {
            return;
        }
        if (groups.isEmpty()) {
            // The channel keeps the addresses found before.
            listener.onResult2(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromStatus(
                            Status.UNAVAILABLE.withDescription("no address is found for " + listed.addresses())))
                    .build());
        } else if (!groups.equals(found)) {
            found = groups;
            listener.onResult2(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromValue(groups))
                    .build());
        }
    }

    private List<EquivalentAddressGroup> lookUp() {
        List<EquivalentAddressGroup> groups = new ArrayList<>();
        for (StaticAddresses.Address address : listed.addresses()) {
            Attributes name = Attributes.newBuilder()
                    .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, address.toString())
                    .build();
            try {
                for (InetAddress resolved : InetAddress.getAllByName(address.host())) {
                    groups.add(new EquivalentAddressGroup(new InetSocketAddress(resolved, address.port()), name));
                }
            } catch (UnknownHostException e) {
                log.debug("no address is found for {}", address);
            }
        }
        return groups;
    }
}
