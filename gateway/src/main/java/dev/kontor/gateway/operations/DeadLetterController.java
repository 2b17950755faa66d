package dev.kontor.gateway.operations;

import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.TakesKey;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.operations.DeadLetterOperationsGrpc;
import dev.kontor.proto.operations.DeadLetterOperationsGrpc.DeadLetterOperationsBlockingStub;
import dev.kontor.proto.operations.DeadLetterQueue;
import dev.kontor.proto.operations.EvictDeadLetterRequest;
import dev.kontor.proto.operations.ListDeadLetterQueuesRequest;
import dev.kontor.proto.operations.ListDeadLettersRequest;
import dev.kontor.proto.operations.ListDeadLettersResponse;
import dev.kontor.proto.operations.RetryDeadLettersRequest;
import dev.kontor.proto.operations.RetryDeadLettersResponse;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The dead letters of both sides. In one process both channels lead to the same queues. */
@RestController
@RequestMapping("/api/v1/admin/dead-letters")
@Tag(name = "operations", description = "For admins: the log, the views and their rebuilds")
class DeadLetterController {

    /** A whole queue at ten a second takes less than two minutes. */
    private static final Duration FOR_A_RETRY = Duration.ofMinutes(5);

    private final BothSides<DeadLetterOperationsBlockingStub> letters;
    private final RecordedActs acts;

    /**
     * @param tried sequences whose first letter was handled again
     * @param handled those of them that have no letters any more
     */
    @Schema(name = "DeadLetterRetry")
    record RetryJson(int tried, int handled) {}

    DeadLetterController(
            @QuerySideChannel Channel querySide, @CommandSideChannel Channel commandSide, RecordedActs acts) {
        this.acts = acts;
        this.letters = new BothSides<>(
                DeadLetterOperationsGrpc.newBlockingStub(querySide),
                DeadLetterOperationsGrpc.newBlockingStub(commandSide),
                Problem.DEAD_LETTER_NOT_FOUND);
    }

    @GetMapping
    @Operation(
            operationId = "listDeadLetterQueues",
            summary = "List the queues of events that could not be handled, with groups of equal failures")
    Page<DeadLetterQueueJson> queues() {
        SortedMap<String, DeadLetterQueue> queues = letters.all(
                side -> side.listDeadLetterQueues(ListDeadLetterQueuesRequest.getDefaultInstance())
                        .getQueuesList(),
                DeadLetterQueue::getName);
        return Page.whole(new ArrayList<>(queues.values()), DeadLetterQueueJson::of);
    }

    @GetMapping("/{queue}")
    @Operation(
            operationId = "listDeadLetters",
            summary = "List the first letter of each sequence of a queue",
            description = "In the order of the log. The personal data in the events is masked.")
    Page<DeadLetterJson> list(
            @PathVariable String queue,
            @RequestParam(required = false) String group,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        ListDeadLettersRequest request = ListDeadLettersRequest.newBuilder()
                .setQueue(queue)
                .setGroup(group == null ? "" : group)
                .setPage(Page.request(pageSize, pageToken))
                .build();
        ListDeadLettersResponse found = letters.onItsSide(side -> side.listDeadLetters(request));
        return Page.of(found.getLettersList(), DeadLetterJson::of, found.getNextPageToken());
    }

    @PostMapping("/{queue}/retry")
    @TakesKey(TakesKey.Use.CLAIMED)
    @Operation(
            operationId = "retryDeadLetters",
            summary = "Handle dead letters again: a sequence, a group or the whole queue",
            description = "Each sequence is handled in its order until a letter fails. Answers when all were tried.")
    RetryJson retry(
            @PathVariable String queue,
            @RequestParam(required = false) String sequence,
            @RequestParam(required = false) String group,
            @RequestParam(defaultValue = "100") int perSecond,
            @RequestParam(defaultValue = "") String reason) {
        RetryDeadLettersRequest request = RetryDeadLettersRequest.newBuilder()
                .setQueue(queue)
                .setSequence(sequence == null ? "" : sequence)
                .setGroup(group == null ? "" : group)
                .setPerSecond(perSecond)
                .build();
        String subject = ActSubject.of("queue", queue)
                .and("sequence", sequence)
                .and(" group ", "group", group)
                .text();
        RetryDeadLettersResponse retried = acts.around(
                "retry",
                subject,
                reason,
                () -> letters.onItsSide(side -> side.withDeadlineAfter(FOR_A_RETRY.toMillis(), TimeUnit.MILLISECONDS)
                        .retryDeadLetters(request)));
        return new RetryJson(retried.getTried(), retried.getHandled());
    }

    @DeleteMapping("/{queue}/{sequence}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "evictDeadLetter",
            summary = "Remove the first letter of a sequence for good",
            description =
                    "Its event is never handled: a view stays wrong there until it is rebuilt. The reason is in the "
                            + "log, in the stream of the aggregate `operators`: it must not contain personal data.")
    void evict(
            @PathVariable String queue,
            @PathVariable String sequence,
            @RequestParam long position,
            @RequestParam String reason) {
        EvictDeadLetterRequest request = EvictDeadLetterRequest.newBuilder()
                .setQueue(queue)
                .setSequence(sequence)
                .setPosition(position)
                .setReason(reason)
                .build();
        acts.around(
                "evict",
                ActSubject.of("queue", queue).and("sequence", sequence).text() + "/" + position,
                reason,
                () -> letters.onItsSide(side -> side.evictDeadLetter(request)));
    }
}
