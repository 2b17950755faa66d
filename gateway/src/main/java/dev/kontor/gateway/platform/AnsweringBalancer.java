package dev.kontor.gateway.platform;

import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Distributes calls round-robin to the instances of a side that pass their health checks, see {@link CheckedInstance}.
 * An instance that is silent for a second gets no new calls until it answers again; gRPC's keepalive would take twelve
 * seconds. If all instances are silent, they all get calls, because a slow answer is better than none.
 *
 * <p>All methods run in the synchronization context of the channel.
 */
final class AnsweringBalancer extends LoadBalancer {

    private final Helper helper;
    private final Map<List<SocketAddress>, CheckedInstance> instances = new LinkedHashMap<>();
    /** Shared by all pickers, so that a new one does not begin with the first instance again. */
    private final AtomicInteger turn = new AtomicInteger();

    AnsweringBalancer(Helper helper) {
        this.helper = helper;
    }

    @Override
    public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
        if (resolved.getAddresses().isEmpty()) {
            Status nowhere = Status.UNAVAILABLE.withDescription("no address is found");
            handleNameResolutionError(nowhere);
            return nowhere;
        }
        Set<List<SocketAddress>> found = new HashSet<>();
        for (EquivalentAddressGroup group : resolved.getAddresses()) {
            if (found.add(group.getAddresses())) {
                CheckedInstance known = instances.get(group.getAddresses());
                if (known == null) {
                    instances.put(group.getAddresses(), new CheckedInstance(helper, group, this::update));
                } else {
                    known.reachedBy(group);
                }
            }
        }
        List<CheckedInstance> gone = new ArrayList<>();
        instances.entrySet().removeIf(entry -> !found.contains(entry.getKey()) && gone.add(entry.getValue()));
        gone.forEach(CheckedInstance::shutDown);
        update();
        return Status.OK;
    }

    @Override
    public void handleNameResolutionError(Status error) {
        if (instances.isEmpty()) {
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
        }
    }

    private void update() {
        if (instances.isEmpty()) {
            return;
        }
        List<PickResult> answering = picks(CheckedInstance.Standing.ANSWERS);
        List<PickResult> asked = answering.isEmpty() ? picks(CheckedInstance.Standing.SILENT) : answering;
        if (!asked.isEmpty()) {
            helper.updateBalancingState(ConnectivityState.READY, new InTurn(asked, turn));
        } else if (instances.values().stream()
                .anyMatch(instance -> instance.standing() == CheckedInstance.Standing.UNKNOWN)) {
            helper.updateBalancingState(ConnectivityState.CONNECTING, new FixedResultPicker(PickResult.withNoResult()));
        } else {
            Status why = instances.values().iterator().next().why();
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(why)));
        }
    }

    private List<PickResult> picks(CheckedInstance.Standing standing) {
        return instances.values().stream()
                .filter(instance -> instance.standing() == standing)
                .map(instance -> PickResult.withSubchannel(instance.subchannel()))
                .toList();
    }

    @Override
    public void shutdown() {
        instances.values().forEach(CheckedInstance::shutDown);
        instances.clear();
    }

    private static final class InTurn extends SubchannelPicker {

        private final List<PickResult> picks;
        private final AtomicInteger turn;

        InTurn(List<PickResult> picks, AtomicInteger turn) {
            this.picks = picks;
            this.turn = turn;
        }

        @Override
        public PickResult pickSubchannel(PickSubchannelArgs call) {
            return picks.get(Math.floorMod(turn.getAndIncrement(), picks.size()));
        }
    }
}
