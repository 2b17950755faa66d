package dev.kontor.wire.identity;

import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.WatchRevocationsRequest;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Follows a feed: takes what comes, or only as much as it asks for. */
final class Watcher implements ClientResponseObserver<WatchRevocationsRequest, RevocationBatch> {

    private final boolean slow;
    final List<RevocationBatch> batches = new ArrayList<>();
    final CompletableFuture<Status> end = new CompletableFuture<>();
    ClientCallStreamObserver<WatchRevocationsRequest> call;

    Watcher(boolean slow) {
        this.slow = slow;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRevocationsRequest> starting) {
        call = starting;
        if (slow) {
            starting.disableAutoRequestWithInitial(0);
        }
    }

    @Override
    public synchronized void onNext(RevocationBatch batch) {
        batches.add(batch);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    synchronized List<String> sessions() {
        return batches.stream()
                .flatMap(batch -> batch.getRevocationsList().stream())
                .map(Revocation::getSessionId)
                .toList();
    }

    synchronized List<RevocationBatch> complete() {
        return batches.stream().filter(RevocationBatch::getComplete).toList();
    }

    synchronized RevocationBatch last() {
        return batches.getLast();
    }
}
