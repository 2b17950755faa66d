package dev.kontor.side.platform;

import dev.kontor.api.operations.OperatorCommand.RecordAct;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.operations.DeadLetter;
import dev.kontor.proto.operations.DeadLetterGroup;
import dev.kontor.proto.operations.DeadLetterOperationsGrpc.DeadLetterOperationsImplBase;
import dev.kontor.proto.operations.EvictDeadLetterRequest;
import dev.kontor.proto.operations.EvictDeadLetterResponse;
import dev.kontor.proto.operations.ListDeadLetterQueuesRequest;
import dev.kontor.proto.operations.ListDeadLetterQueuesResponse;
import dev.kontor.proto.operations.ListDeadLettersRequest;
import dev.kontor.proto.operations.ListDeadLettersResponse;
import dev.kontor.proto.operations.RetryDeadLettersRequest;
import dev.kontor.proto.operations.RetryDeadLettersResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.grpc.server.service.GrpcService;

/** The operator's calls about dead letters. */
@GrpcService
class DeadLetterService extends DeadLetterOperationsImplBase {

    static final int MOST_GROUPS = 100;
    static final int MOST_PER_SECOND = 1_000;

    private static final Logger log = LoggerFactory.getLogger(DeadLetterService.class);

    private static final int USUAL_PER_SECOND = 100;
    private static final int LARGEST_PAGE = 100;
    private static final int USUAL_PAGE = 20;

    private final List<DeadLetters> all;

    DeadLetterService(List<DeadLetters> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void listDeadLetterQueues(
            ListDeadLetterQueuesRequest request, StreamObserver<ListDeadLetterQueuesResponse> answer) {
        ListDeadLetterQueuesResponse.Builder queues = ListDeadLetterQueuesResponse.newBuilder();
        for (DeadLetters letters : all) {
            letters.fills()
                    .forEach((name, fill) -> queues.addQueues(dev.kontor.proto.operations.DeadLetterQueue.newBuilder()
                            .setName(name)
                            .setLetters(fill.letters())
                            .setSequences(fill.sequences())
                            .setAlarm(fill.isAlarming())
                            .addAllGroups(groups(letters, name))));
        }
        answer.onNext(queues.build());
        answer.onCompleted();
    }

    private static List<DeadLetterGroup> groups(DeadLetters letters, String queue) {
        Map<String, DeadLetterGroup.Builder> groups = new HashMap<>();
        letters.firstLetters(queue).forEach(letter -> {
            DeadLetterGroup.Builder group = groups.computeIfAbsent(
                    LetterProtos.fingerprint(letter),
                    fingerprint -> DeadLetterGroup.newBuilder()
                            .setFingerprint(fingerprint)
                            .setType(LetterProtos.type(letter))
                            .setFrame(LetterProtos.frame(letter)));
            group.setSequences(group.getSequences() + 1);
        });
        return groups.values().stream()
                .sorted(Comparator.comparingInt(DeadLetterGroup.Builder::getSequences)
                        .reversed()
                        .thenComparing(DeadLetterGroup.Builder::getFingerprint))
                .limit(MOST_GROUPS)
                .map(DeadLetterGroup.Builder::build)
                .toList();
    }

    @Override
    public void listDeadLetters(ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> answer) {
        DeadLetters letters = having(request.getQueue());
        int size = size(request.getPage());
        long after = after(request.getPage());
        List<StoredLetter> found = letters.firstLetters(request.getQueue())
                .filter(inGroup(request.getGroup()))
                .filter(letter -> letter.key().position() > after)
                .sorted(Comparator.comparingLong(letter -> letter.key().position()))
                .limit(size + 1L)
                .toList();
        ListDeadLettersResponse.Builder page = ListDeadLettersResponse.newBuilder();
        found.stream().limit(size).map(letter -> proto(letters, letter)).forEach(page::addLetters);
        if (found.size() > size) {
            page.setNextPageToken(Long.toString(found.get(size - 1).key().position()));
        }
        answer.onNext(page.build());
        answer.onCompleted();
    }

    private static DeadLetter proto(DeadLetters letters, StoredLetter letter) {
        return LetterProtos.of(letter, (int)
                letters.queue(letter.key().queue()).sequenceSize(letter.key().sequence()));
    }

    private static int size(PageRequest page) {
        if (page.getSize() < 0 || page.getSize() > LARGEST_PAGE) {
            throw RefusedException.invalid("page.size", "must be from 1 to " + LARGEST_PAGE);
        }
        return page.getSize() == 0 ? USUAL_PAGE : page.getSize();
    }

    private static long after(PageRequest page) {
        try {
            return page.getToken().isEmpty() ? -1 : Long.parseLong(page.getToken());
        } catch (NumberFormatException e) {
            throw RefusedException.invalid("page.token", "is not a token of this list");
        }
    }

    private static Predicate<StoredLetter> inGroup(String fingerprint) {
        return letter ->
                fingerprint.isEmpty() || LetterProtos.fingerprint(letter).equals(fingerprint);
    }

    @Override
    public void retryDeadLetters(RetryDeadLettersRequest request, StreamObserver<RetryDeadLettersResponse> answer) {
        if (request.getPerSecond() < 0 || request.getPerSecond() > MOST_PER_SECOND) {
            throw RefusedException.invalid("per_second", "must be from 1 to " + MOST_PER_SECOND);
        }
        DeadLetters letters = having(request.getQueue());
        List<StoredLetter> wanted = letters.firstLetters(request.getQueue())
                .filter(inGroup(request.getGroup()))
                .filter(letter -> request.getSequence().isEmpty()
                        || letter.key().sequence().equals(request.getSequence()))
                .sorted(Comparator.comparingLong(letter -> letter.key().position()))
                .toList();
        if (wanted.isEmpty() && !request.getSequence().isEmpty()) {
            throw notFound();
        }
        answer.onNext(retry(letters, wanted, request.getPerSecond() == 0 ? USUAL_PER_SECOND : request.getPerSecond()));
        answer.onCompleted();
    }

    private static RetryDeadLettersResponse retry(DeadLetters letters, List<StoredLetter> wanted, int perSecond) {
        long pause = Duration.ofSeconds(1).toNanos() / perSecond;
        long begin = System.nanoTime();
        int tried = 0;
        int handled = 0;
        for (StoredLetter letter : wanted) {
            if (Context.current().isCancelled()) {
                break;
            }
            LockSupport.parkNanos(begin + tried * pause - System.nanoTime());
            tried++;
            if (letters.retry(letter.key().queue(), letter.key().sequence())) {
                handled++;
            }
        }
        return RetryDeadLettersResponse.newBuilder()
                .setTried(tried)
                .setHandled(handled)
                .build();
    }

    @Override
    public void evictDeadLetter(EvictDeadLetterRequest request, StreamObserver<EvictDeadLetterResponse> answer) {
        Violations violations = new Violations();
        String reason = violations.at("reason", () -> RecordAct.checkedReason(request.getReason(), 1));
        violations.refuseIfAny();
        StoredLetter.Key key = new StoredLetter.Key(request.getQueue(), request.getSequence(), request.getPosition());
        if (!having(request.getQueue()).evictFirst(key)) {
            throw notFound();
        }
        log.warn(
                "the dead letter at position {} of {} {} is evicted by {}: {}",
                key.position(),
                key.queue(),
                key.sequence(),
                Caller.current().map(caller -> caller.customerId().toString()).orElse("an unknown caller"),
                reason);
        answer.onNext(EvictDeadLetterResponse.getDefaultInstance());
        answer.onCompleted();
    }

    private DeadLetters having(String queue) {
        return all.stream()
                .filter(letters -> letters.names().contains(queue))
                .findFirst()
                .orElseThrow(DeadLetterService::notFound);
    }

    private static RefusedException notFound() {
        return new RefusedException(Problem.DEAD_LETTER_NOT_FOUND, Problem.DEAD_LETTER_NOT_FOUND.title());
    }
}
