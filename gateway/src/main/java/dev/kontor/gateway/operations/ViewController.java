package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.TakesKey;
import dev.kontor.proto.operations.ChangeViewRequest;
import dev.kontor.proto.operations.DropGenerationRequest;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.operations.ViewOperationsGrpc.ViewOperationsBlockingStub;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/views")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class ViewController {

    /** A change waits for the batches that are handled now, and for the deletion of a generation. */
    private static final Duration FOR_A_CHANGE = Duration.ofMinutes(2);

    private final ViewOperationsBlockingStub views;
    private final RecordedActs acts;

    ViewController(@QuerySideChannel Channel querySide, RecordedActs acts) {
        this.acts = acts;
        this.views = ViewOperationsGrpc.newBlockingStub(querySide);
    }

    private ViewOperationsBlockingStub change() {
        return views.withDeadlineAfter(FOR_A_CHANGE.toSeconds(), TimeUnit.SECONDS);
    }

    @GetMapping
    @Operation(operationId = "listViews", summary = "List the views, their positions in the log and their generations")
    Page<ViewJson> list() {
        return Page.whole(views.listViews(ListViewsRequest.getDefaultInstance()).getViewsList(), ViewJson::of);
    }

    @PostMapping("/{view}/rebuild")
    @TakesKey(TakesKey.Use.CLAIMED)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "rebuildView",
            summary = "Build a new generation of a view from the log",
            description = "In the one process readers see the generation before until the new one has read the log. "
                    + "Over MongoDB, and of product-search, the documents are deleted first.")
    ResponseEntity<ViewJson> rebuild(
            @PathVariable String view,
            @Parameter(
                            description = "AUTO: readers see the generation as soon as it is built. "
                                    + "ASK: when they are switched to it")
                    @RequestParam(name = "switch", defaultValue = "AUTO")
                    Switch whenBuilt,
            @Parameter(description = "Of one processor, in percent, that building may take")
                    @Schema(minimum = "1", maximum = "100")
                    @RequestParam(defaultValue = "100")
                    int share,
            @RequestParam(defaultValue = "") String reason) {
        RebuildViewRequest request = RebuildViewRequest.newBuilder()
                .setName(view)
                .setAsks(whenBuilt == Switch.ASK)
                .setShare(share == 0 ? -1 : share)
                .build();
        ViewJson begun = ViewJson.of(acts.around(
                "rebuild", ActSubject.of("view", view).text(), reason, () -> change().rebuildView(request)));
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, "/api/v1/admin/views")
                .body(begun);
    }

    enum Switch {
        AUTO,
        ASK
    }

    @PatchMapping("/{view}")
    @Operation(
            operationId = "changeView",
            summary = "Pause or resume a rebuild, or switch readers to the other generation",
            description = "After a switch the generation that readers saw before goes on, so that they can be switched "
                    + "back, until it is dropped. No read after a switch is older than one before it.")
    ViewJson change(
            @PathVariable String view, @RequestBody ViewChange change, @RequestParam(defaultValue = "") String reason) {
        ChangeViewRequest request = change.toProto(view);
        return ViewJson.of(acts.around(change.act(), change.subject(view), reason, () -> change().changeView(request)));
    }

    @DeleteMapping("/{view}/generations/{generation}")
    @Operation(
            operationId = "dropGeneration",
            summary = "Delete the generation of a view that readers do not see",
            description = "A rebuild that readers were not switched to is cancelled.")
    ViewJson drop(
            @PathVariable String view, @PathVariable long generation, @RequestParam(defaultValue = "") String reason) {
        DropGenerationRequest request = DropGenerationRequest.newBuilder()
                .setName(view)
                .setGeneration(generation)
                .build();
        return ViewJson.of(acts.around(
                "drop",
                ActSubject.of("view", view).text() + "/" + generation,
                reason,
                () -> change().dropGeneration(request)));
    }

    /**
     * What to change.
     *
     * @param paused whether the rebuild stands still
     * @param live the number of the generation that readers see from now on
     */
    @Schema(name = "ViewChange")
    record ViewChange(Boolean paused, @Schema(minimum = "1") Long live) {

        /** {@code change} if it is both or neither. */
        String act() {
            if ((paused == null) == (live == null)) {
                return "change";
            }
            return live != null ? "switch" : paused ? "pause" : "resume";
        }

        String subject(String view) {
            String subject = ActSubject.of("view", view).text();
            return live == null ? subject : subject + "/" + live;
        }

        ChangeViewRequest toProto(String view) {
            ChangeViewRequest.Builder change = ChangeViewRequest.newBuilder().setName(view);
            if (paused != null) {
                change.setPaused(paused);
            }
            if (live != null) {
                change.setLive(live);
            }
            return change.build();
        }
    }
}
