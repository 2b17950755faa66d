package dev.kontor.query.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.ChangeViewRequest;
import dev.kontor.proto.operations.DropGenerationRequest;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.ListViewsResponse;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc.ViewOperationsImplBase;
import dev.kontor.query.platform.Generations;
import dev.kontor.query.platform.Views;
import io.grpc.stub.StreamObserver;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class ViewOperationsService extends ViewOperationsImplBase {

    private final Views views;
    private final Processors processors;
    private final Rebuilds rebuilds;

    ViewOperationsService(Views views, Processors processors, Rebuilds rebuilds) {
        this.views = views;
        this.processors = processors;
        this.rebuilds = rebuilds;
    }

    @Override
    public void listViews(ListViewsRequest request, StreamObserver<ListViewsResponse> answer) {
        ListViewsResponse.Builder response = ListViewsResponse.newBuilder();
        for (dev.kontor.query.platform.View view : views.all()) {
            response.addViews(proto(view));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void rebuildView(RebuildViewRequest request, StreamObserver<View> answer) {
        dev.kontor.query.platform.View view = viewOf(request.getName());
        int share = request.getShare() == 0 ? Rebuilds.Plan.USUAL.share() : request.getShare();
        if (share < 1 || share > 100) {
            throw RefusedException.invalid("share", "must be from 1 to 100");
        }
        rebuilds.begin(view, new Rebuilds.Plan(!request.getAsks(), share));
        View begun = proto(view);
        // Reports the rebuild that this call began, even if it has ended already.
        answer.onNext(begun.toBuilder()
                .setRebuild(begun.getRebuild().toBuilder().setState(Rebuild.State.RUNNING))
                .build());
        answer.onCompleted();
    }

    @Override
    public void changeView(ChangeViewRequest request, StreamObserver<View> answer) {
        dev.kontor.query.platform.View view = viewOf(request.getName());
        if (request.hasPaused() && request.hasLive()) {
            throw RefusedException.invalid("live", "cannot be changed together with paused");
        }
        if (request.hasPaused()) {
            pause(view, request.getPaused());
        }
        if (request.hasLive()) {
            switchTo(view, request.getLive());
        }
        answer.onNext(proto(view));
        answer.onCompleted();
    }

    private void pause(dev.kontor.query.platform.View view, boolean paused) {
        Generations.State state = rebuilds.other(view).state();
        if (paused && state != Generations.State.PAUSED) {
            rebuilds.pause(view);
        } else if (!paused && state != Generations.State.BUILDING) {
            rebuilds.resume(view);
        }
    }

    private void switchTo(dev.kontor.query.platform.View view, long generation) {
        if (generation == rebuilds.other(view).generation()) {
            rebuilds.switchOver(view);
        } else if (generation != rebuilds.live(view)) {
            throw Rebuilds.wrongState();
        }
    }

    @Override
    public void dropGeneration(DropGenerationRequest request, StreamObserver<View> answer) {
        dev.kontor.query.platform.View view = viewOf(request.getName());
        if (request.getGeneration() == rebuilds.live(view)) {
            throw Rebuilds.wrongState();
        }
        OtherGeneration other = rebuilds.other(view);
        if (other.state() != Generations.State.NONE && request.getGeneration() == other.generation()) {
            rebuilds.drop(view);
        }
        answer.onNext(proto(view));
        answer.onCompleted();
    }

    private dev.kontor.query.platform.View viewOf(String name) {
        return views.find(name)
                .orElseThrow(() -> new RefusedException(Problem.VIEW_NOT_FOUND, Problem.VIEW_NOT_FOUND.title()));
    }

    private View proto(dev.kontor.query.platform.View view) {
        long position = processors.position(view);
        // Reads the head after the position, so that no view is ever ahead of the log.
        long head = processors.head();
        // Reads the build before the live generation, so that a build that is done is the live one.
        ViewBuild.Progress build = rebuilds.of(view);
        View.Builder proto = View.newBuilder()
                .setName(view.name())
                .setGeneration(rebuilds.live(view))
                .setPosition(position)
                .setHead(head)
                .setLag(head - position)
                .setRebuild(GenerationProtos.of(build));
        OtherGeneration other = rebuilds.other(view);
        if (other.state() != Generations.State.NONE) {
            proto.setOther(GenerationProtos.of(other));
        }
        return proto.build();
    }
}
