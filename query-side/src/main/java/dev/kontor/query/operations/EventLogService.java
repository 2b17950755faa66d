package dev.kontor.query.operations;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.EventFilter;
import dev.kontor.proto.operations.EventLogGrpc.EventLogImplBase;
import dev.kontor.proto.operations.FollowEventsRequest;
import dev.kontor.proto.operations.FollowEventsResponse;
import dev.kontor.proto.operations.GetStoryRequest;
import dev.kontor.proto.operations.ListEventsRequest;
import dev.kontor.proto.operations.ListEventsResponse;
import dev.kontor.proto.operations.Story;
import dev.kontor.query.Paging;
import dev.kontor.query.SearchExecutor;
import dev.kontor.query.operations.EventSearch.Found;
import dev.kontor.query.platform.PageAfter;
import dev.kontor.side.operations.LoggedEvents;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.OptionalLong;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class EventLogService extends EventLogImplBase {

    private final EventStore log;
    private final SearchExecutor searches;
    private final EventTails tails;

    EventLogService(EventStore log, SearchExecutor searches, EventTails tails) {
        this.log = log;
        this.searches = searches;
        this.tails = tails;
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> answer) {
        EventFilter filter = request.getFilter();
        EventQuery query = EventQuery.of(filter);
        Paging paging = new Paging("events", filter, request.getOldestFirst());
        int size = Paging.size(request.getPage());
        PageAfter after = paging.after(request.getPage());
        Long begin = after == null ? null : Paging.number(after);
        Found found =
                searches.run(time -> new EventSearch(log, query).page(request.getOldestFirst(), size, begin, time));
        ListEventsResponse.Builder response = ListEventsResponse.newBuilder()
                .setNextPageToken(paging.token(
                        found.next() == null ? null : new PageAfter(found.next().toString(), "")));
        found.rows().forEach(row -> response.addEvents(LoggedEvents.masked(row.event())));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void getStory(GetStoryRequest request, StreamObserver<Story> answer) {
        String subject = request.getSubject();
        Stories.Story story = subject.isEmpty() || subject.length() > EventQuery.LONGEST_ID
                ? new Stories.Story(List.of(), true)
                : searches.run(time -> new Stories(log, time).of(subject));
        if (story.events().isEmpty()) {
            throw new RefusedException(Problem.NOT_FOUND, "The log has nothing of this");
        }
        answer.onNext(StorySteps.of(story));
        answer.onCompleted();
    }

    @Override
    public void followEvents(FollowEventsRequest request, StreamObserver<FollowEventsResponse> answer) {
        EventFilter filter = request.getFilter();
        if (filter.hasFromMicros()
                || filter.hasUntilMicros()
                || filter.hasFromPosition()
                || filter.hasUntilPosition()) {
            throw RefusedException.invalid("filter", "has times or positions, and a stream has none");
        }
        tails.open(
                EventQuery.of(filter),
                request.hasKnownPosition() ? OptionalLong.of(request.getKnownPosition()) : OptionalLong.empty(),
                answer);
    }
}
