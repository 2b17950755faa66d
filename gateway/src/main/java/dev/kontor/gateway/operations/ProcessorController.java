package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.operations.ChangeProcessorRequest;
import dev.kontor.proto.operations.EventProcessor;
import dev.kontor.proto.operations.ListProcessorsRequest;
import dev.kontor.proto.operations.ProcessorOperationsGrpc;
import dev.kontor.proto.operations.ProcessorOperationsGrpc.ProcessorOperationsBlockingStub;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The event processors of both sides. */
@RestController
@RequestMapping("/api/v1/admin/processors")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class ProcessorController {

    /** A pause waits for the batch that is handled now. */
    private static final Duration FOR_A_CHANGE = Duration.ofSeconds(20);

    private final BothSides<ProcessorOperationsBlockingStub> processors;
    private final RecordedActs acts;

    ProcessorController(
            @QuerySideChannel Channel querySide, @CommandSideChannel Channel commandSide, RecordedActs acts) {
        this.acts = acts;
        this.processors = new BothSides<>(
                ProcessorOperationsGrpc.newBlockingStub(querySide),
                ProcessorOperationsGrpc.newBlockingStub(commandSide),
                Problem.PROCESSOR_NOT_FOUND);
    }

    @GetMapping
    @Operation(
            operationId = "listProcessors",
            summary = "List the event processors: how far they have read the log, and who runs them")
    Page<ProcessorJson> list() {
        return Page.whole(
                new ArrayList<>(processors
                        .all(
                                side -> side.listProcessors(ListProcessorsRequest.getDefaultInstance())
                                        .getProcessorsList(),
                                EventProcessor::getName)
                        .values()),
                ProcessorJson::of);
    }

    @PatchMapping("/{processor}")
    @Operation(
            operationId = "changeProcessor",
            summary = "Pause, resume or reset an event processor",
            description = "A paused processor handles no event, in no instance and after a restart, until it is "
                    + "resumed. Reads of its view get old, and orders are not decided while order-processing is paused. "
                    + "A paused one can be reset where the handlers recognize what they have done: closed-accounts and "
                    + "unshipped-orders. A view is rebuilt instead, and a saga cannot begin again.")
    ProcessorJson change(
            @PathVariable String processor,
            @RequestBody ProcessorChange change,
            @RequestParam(defaultValue = "") String reason) {
        ChangeProcessorRequest request = change.toProto(processor);
        return ProcessorJson.of(acts.around(
                change.act(),
                change.subject(processor),
                reason,
                () -> processors.onItsSide(side -> side.withDeadlineAfter(FOR_A_CHANGE.toSeconds(), TimeUnit.SECONDS)
                        .changeProcessor(request))));
    }

    /**
     * What to change: one of both.
     *
     * @param paused whether it handles no events
     * @param position the number of events that count as read; at most the processor's position
     */
    @Schema(name = "ProcessorChange")
    record ProcessorChange(
            Boolean paused, @Schema(minimum = "0") Long position) {

        /** {@code change} if it is both or neither. */
        String act() {
            if ((paused == null) == (position == null)) {
                return "change";
            }
            return position != null ? "reset" : paused ? "pause-processor" : "resume-processor";
        }

        String subject(String processor) {
            return position == null ? processor : processor + "/" + position;
        }

        ChangeProcessorRequest toProto(String processor) {
            ChangeProcessorRequest.Builder change =
                    ChangeProcessorRequest.newBuilder().setName(processor);
            if (paused != null) {
                change.setPaused(paused);
            }
            if (position != null) {
                change.setPosition(position);
            }
            return change.build();
        }
    }
}
