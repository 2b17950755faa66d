package dev.kontor.gateway.platform;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;
import io.grpc.SynchronizationContext.ScheduledHandle;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connection to one instance of a side, and the result of its last check by gRPC's health service. The duration of
 * other calls does not count, because some wait for several seconds on purpose.
 */
final class CheckedInstance {

    /** With {@link #UNTIL_IT_ANSWERS} less than a second, after which a silent instance gets no new calls. */
    static final Duration BETWEEN_CHECKS = Duration.ofMillis(250);

    static final Duration UNTIL_IT_ANSWERS = Duration.ofMillis(700);

    enum Standing {
        /** It is connecting, or the first check has no result yet. */
        UNKNOWN,
        ANSWERS,
        /** Connected, but the last check had no answer in time. */
        SILENT,
        /** Not connected, or it answers that it accepts no calls. */
        AWAY
    }

    private final Helper helper;
    private final Runnable changed;
    private final Subchannel subchannel;
    private boolean connected;
    private boolean ended;
    private Standing standing = Standing.UNKNOWN;
    private Status why = Status.UNAVAILABLE;
    private ScheduledHandle nextCheck;
    /** Counts the connections, so that answers over an earlier one are ignored. */
    private int connection;

    CheckedInstance(Helper helper, EquivalentAddressGroup addresses, Runnable changed) {
        this.helper = helper;
        this.changed = changed;
        this.subchannel = helper.createSubchannel(
                CreateSubchannelArgs.newBuilder().setAddresses(addresses).build());
        subchannel.start(this::onState);
        subchannel.requestConnection();
    }

    Standing standing() {
        return standing;
    }

    /** The reason why the instance is away. */
    Status why() {
        return why;
    }

    Subchannel subchannel() {
        return subchannel;
    }

    /** Sets the same addresses with other attributes, such as the name that the certificate must have. */
    void reachedBy(EquivalentAddressGroup addresses) {
        subchannel.updateAddresses(List.of(addresses));
    }

    void shutDown() {
        ended = true;
        cancelCheck();
        subchannel.shutdown();
    }

    private void onState(ConnectivityStateInfo state) {
        if (ended) {
            return;
        }
        boolean before = connected;
        connected = state.getState() == ConnectivityState.READY;
        switch (state.getState()) {
            case READY -> {
                connection++;
                check();
            }
            case TRANSIENT_FAILURE -> become(Standing.AWAY, state.getStatus());
            case IDLE -> {
                if (before) {
                    helper.refreshNameResolution();
                    become(Standing.AWAY, Status.UNAVAILABLE.withDescription("the connection has ended"));
                }
                subchannel.requestConnection();
            }
            // An instance that was away stays so until it answers, so that no call waits for it.
            case CONNECTING, SHUTDOWN -> {}
        }
        if (!connected) {
            cancelCheck();
        }
    }

    private void cancelCheck() {
        if (nextCheck != null) {
            nextCheck.cancel();
            nextCheck = null;
        }
    }

    private void check() {
        nextCheck = null;
        int asked = connection;
        ClientCalls.asyncUnaryCall(
                subchannel
                        .asChannel()
                        .newCall(
                                HealthGrpc.getCheckMethod(),
                                CallOptions.DEFAULT.withDeadlineAfter(
                                        UNTIL_IT_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)),
                HealthCheckRequest.newBuilder()
                        .setService(RemoteChannel.TAKES_CALLS)
                        .build(),
                new StreamObserver<>() {
                    private HealthCheckResponse said;

                    @Override
                    public void onNext(HealthCheckResponse answer) {
                        said = answer;
                    }

                    @Override
                    public void onError(Throwable failure) {
                        Status status = Status.fromThrowable(failure);
                        helper.getSynchronizationContext().execute(() -> failed(asked, status));
                    }

                    @Override
                    public void onCompleted() {
                        helper.getSynchronizationContext().execute(() -> answered(asked, said.getStatus()));
                    }
                });
    }

    private void answered(int asked, ServingStatus said) {
        if (isOver(asked)) {
            return;
        }
        if (said == ServingStatus.SERVING) {
            become(Standing.ANSWERS, Status.OK);
        } else {
            become(Standing.AWAY, Status.UNAVAILABLE.withDescription("the instance accepts no calls"));
        }
        checkAgain();
    }

    private void failed(int asked, Status status) {
        if (isOver(asked)) {
            return;
        }
        switch (status.getCode()) {
            // The side has no such health service; it has answered nevertheless.
            case UNIMPLEMENTED -> become(Standing.ANSWERS, Status.OK);
            case DEADLINE_EXCEEDED -> become(Standing.SILENT, status);
            default -> become(Standing.AWAY, Status.UNAVAILABLE.withDescription(status.getDescription()));
        }
        checkAgain();
    }

    private boolean isOver(int asked) {
        return ended || !connected || asked != connection;
    }

    private void checkAgain() {
        nextCheck = helper.getSynchronizationContext()
                .schedule(
                        this::check,
                        BETWEEN_CHECKS.toMillis(),
                        TimeUnit.MILLISECONDS,
                        helper.getScheduledExecutorService());
    }

    private void become(Standing next, Status reason) {
        why = reason;
        if (standing != next) {
            standing = next;
            changed.run();
        }
    }
}
