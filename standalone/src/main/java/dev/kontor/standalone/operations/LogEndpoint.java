package dev.kontor.standalone.operations;

import dev.kontor.proto.operations.Checkpoint;
import dev.kontor.proto.operations.CreateCheckpointRequest;
import dev.kontor.proto.operations.LogOperationsGrpc.LogOperationsImplBase;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.grpc.server.service.GrpcService;

/** What is asked of the log itself, which only the one JVM has. */
@GrpcService
class LogEndpoint extends LogOperationsImplBase {

    private final Checkpoints checkpoints;

    LogEndpoint(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    @Override
    public void createCheckpoint(CreateCheckpointRequest request, StreamObserver<Checkpoint> answer) {
        Checkpoints.Made made;
        try {
            made = checkpoints.create(request.getKeys());
        } catch (Checkpoints.TooMany tooMany) {
            throw new Refused(Problem.CONFLICT, tooMany.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("A checkpoint could not be made", e);
        }
        answer.onNext(Checkpoint.newBuilder()
                .setFolder(made.folder().toString())
                .setEvents(made.events())
                .build());
        answer.onCompleted();
    }
}
