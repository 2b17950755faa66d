package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.OperatorCommandsGrpc.OperatorCommandsBlockingStub;
import dev.kontor.proto.operations.ReplayAggregateRequest;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/aggregates")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class AggregateController {

    /** A product with a million events is replayed in some seconds. */
    private static final Duration FOR_A_REPLAY = Duration.ofSeconds(30);

    private final OperatorCommandsBlockingStub operators;

    AggregateController(@CommandSideChannel Channel commandSide) {
        this.operators = OperatorCommandsGrpc.newBlockingStub(commandSide);
    }

    @GetMapping("/{aggregate}")
    @Operation(
            operationId = "getAggregate",
            summary = "Show the state of an aggregate as of a version or a time",
            description = "Its events are replayed, so a long history takes longer; two replays run at a time. Without"
                    + " `version` and `time` it is the newest state. Personal data is masked.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "The log has no such aggregate in this version or at this time")
    @ApiResponse(responseCode = "409", description = "A newer version wrote one of the events")
    AggregateJson state(
            @PathVariable String aggregate,
            @Parameter(description = "The sequence number of the last event that counts; not together with `time`")
                    @RequestParam(required = false)
                    Long version,
            @Parameter(description = "Events until then count, ISO 8601; not together with `version`")
                    @RequestParam(defaultValue = "")
                    String time) {
        if (version != null && !time.isEmpty()) {
            throw RefusedException.invalid("time", "cannot be asked for together with version");
        }
        if (version != null && version < 0) {
            throw RefusedException.invalid("version", "must be 0 or more");
        }
        ReplayAggregateRequest.Builder request =
                ReplayAggregateRequest.newBuilder().setAggregateId(aggregate);
        if (version != null) {
            request.setVersion(version);
        }
        LogTimes.read("time", time, request::setTimeMicros);
        return AggregateJson.of(operators
                .withDeadlineAfter(FOR_A_REPLAY.toSeconds(), TimeUnit.SECONDS)
                .replayAggregate(request.build()));
    }
}
