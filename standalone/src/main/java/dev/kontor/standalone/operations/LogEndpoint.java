package dev.kontor.standalone.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.AuditCheck;
import dev.kontor.proto.operations.AuditReport;
import dev.kontor.proto.operations.AuditViolation;
import dev.kontor.proto.operations.AuditedLetters;
import dev.kontor.proto.operations.AuditedView;
import dev.kontor.proto.operations.Checkpoint;
import dev.kontor.proto.operations.CreateCheckpointRequest;
import dev.kontor.proto.operations.LogOperationsGrpc.LogOperationsImplBase;
import dev.kontor.proto.operations.RunAuditRequest;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.grpc.server.service.GrpcService;

/** Operations on the log itself, which only the standalone process has. */
@GrpcService
class LogEndpoint extends LogOperationsImplBase {

    private final Checkpoints checkpoints;
    private final Audits audits;

    LogEndpoint(Checkpoints checkpoints, Audits audits) {
        this.checkpoints = checkpoints;
        this.audits = audits;
    }

    @Override
    public void createCheckpoint(CreateCheckpointRequest request, StreamObserver<Checkpoint> answer) {
        Checkpoints.Made made;
        try {
            made = checkpoints.create(request.getKeys());
        } catch (Checkpoints.TooMany tooMany) {
            throw new RefusedException(Problem.CONFLICT, tooMany.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("A checkpoint could not be made", e);
        }
        answer.onNext(Checkpoint.newBuilder()
                .setFolder(made.folder().toString())
                .setEvents(made.events())
                .build());
        answer.onCompleted();
    }

    @Override
    public void runAudit(RunAuditRequest request, StreamObserver<AuditReport> answer) {
        Context caller = Context.current();
        answer.onNext(proto(audits.run(caller::isCancelled)));
        answer.onCompleted();
    }

    private static AuditReport proto(dev.kontor.audit.platform.AuditReport report) {
        AuditReport.Builder proto = AuditReport.newBuilder()
                .setEvents(report.events())
                .setClean(report.isClean())
                .setTookMillis(report.took().toMillis())
                .setFiles(report.files().count())
                .setFileBytes(report.files().bytes());
        report.checks()
                .forEach(check -> proto.addChecks(AuditCheck.newBuilder()
                        .setInvariant(check.invariant())
                        .setTitle(check.title())
                        .setChecked(check.checked())
                        .setViolations(check.violations())));
        report.violations()
                .forEach(violation -> proto.addViolations(AuditViolation.newBuilder()
                        .setInvariant(violation.invariant().label())
                        .setPosition(violation.position())
                        .setSubject(violation.subject())
                        .setDetail(violation.detail())));
        report.views()
                .forEach(view -> proto.addViews(AuditedView.newBuilder()
                        .setName(view.name())
                        // The number of events that the view has read: positions begin at 0.
                        .setPosition(view.position() + 1)
                        .setDocuments(view.documents())
                        .setDigest(view.digest())));
        report.letters()
                .forEach(letters -> proto.addLetters(AuditedLetters.newBuilder()
                        .setQueue(letters.queue())
                        .setLetters(letters.letters())
                        .setSequences(letters.sequences())));
        return proto.build();
    }
}
