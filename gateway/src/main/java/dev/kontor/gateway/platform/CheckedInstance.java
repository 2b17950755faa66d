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
 * One instance of a side: a connection, and what the instance answers where it is asked by gRPC's health service whether it
 * takes calls. It is judged by this question alone, which costs nothing to answer, and not by how long its calls take: some
 * wait for several seconds on purpose.
 */
final class CheckedInstance {

    /** Together less than a second: from the moment an instance falls silent until it gets nothing new. */
    static final Duration BETWEEN_CHECKS = Duration.ofMillis(250);

    static final Duration UNTIL_IT_ANSWERS = Duration.ofMillis(700);

    enum Standing {
        /** It is dialled, or was not asked yet. */
        UNKNOWN,
        ANSWERS,
        /** Connected, and the last check came to no answer in time. */
        SILENT,
        /** Not connected, or it says that it takes no calls. */
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
    /** Answers of checks over an earlier connection do not count. */
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

    /** Of one that is away. */
    Status why() {
        return why;
    }

    Subchannel subchannel() {
        return subchannel;
    }

    /** The same addresses, under which it may have to prove another name. */
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
            // Who was away stays away until it answers: its callers need not wait for that.
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
            become(Standing.AWAY, Status.UNAVAILABLE.withDescription("it takes no calls"));
        }
        checkAgain();
    }

    private void failed(int asked, Status status) {
        if (isOver(asked)) {
            return;
        }
        switch (status.getCode()) {
            // An older side that is not asked for its health: that it answers is all that is known.
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
