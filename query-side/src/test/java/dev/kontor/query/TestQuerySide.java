package dev.kontor.query;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.ShopEvent.CurrencyFixed;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.platform.EveryEvent;
import dev.kontor.grpc.identity.AccessInterceptor;
import dev.kontor.grpc.identity.RevocationList;
import dev.kontor.grpc.identity.TokenVerifier;
import dev.kontor.grpc.platform.CallInterceptor;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Views;
import dev.kontor.side.identity.RevocationListener;
import dev.kontor.testsupport.GrpcCalls;
import dev.kontor.testsupport.TokenForge;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.bson.Document;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** One query side for all tests: a log to write to, its documents, and the real gRPC endpoints. */
public final class TestQuerySide {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The session of callers that name none. */
    private static final String SESSION = "0197a3c2-0000-7000-8000-000000000002";

    private static TestQuerySide started;

    private final ConfigurableApplicationContext context = new SpringApplicationBuilder(TestApplication.class)
            .web(WebApplicationType.NONE)
            .properties(
                    "spring.grpc.server.enabled=false",
                    "axon.axonserver.enabled=false",
                    "axon.update-check.disabled=true",
                    "axon.timeout.enabled=false",
                    "logging.level.root=WARN",
                    "spring.main.banner-mode=off")
            .run();
    private final TestLog log = new TestLog(context.getBean(EventStore.class));
    private final MongoDatabase database = context.getBean(MongoDatabase.class);
    private final ManagedChannel channel;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private TestQuerySide(String name) {
        channel = serve(context, name);
        write(new CurrencyFixed(new CurrencyCode("EUR")));
    }

    /** Serves the services of an application in this process, with the interceptors of a side. */
    static ManagedChannel serve(ApplicationContext context, String name) {
        InProcessServerBuilder server =
                InProcessServerBuilder.forName(name).executor(Executors.newVirtualThreadPerTaskExecutor());
        TokenVerifier verifier = context.getBean(TokenVerifier.class);
        context.getBeansOfType(BindableService.class)
                .values()
                .forEach(service -> server.addService(ServerInterceptors.interceptForward(
                        service, new CallInterceptor(failure -> null), new AccessInterceptor(verifier))));
        try {
            server.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return InProcessChannelBuilder.forName(name).build();
    }

    public static synchronized TestQuerySide get() {
        if (started == null) {
            started = new TestQuerySide("query-side");
        }
        return started;
    }

    /** A separate one, for a test that would disturb others. */
    public static TestQuerySide apart(String name) {
        return new TestQuerySide(name);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public PersonalData personalData() {
        return bean(PersonalData.class);
    }

    /** The time of the next events. */
    public TestQuerySide at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    /** Writes the events to the log and waits until every view has read them. Returns the last one's version. */
    public long happened(Object... events) {
        long version = write(events);
        settle();
        return version;
    }

    /** Writes the events to the log and waits for nothing. */
    public long write(Object... events) {
        long version = -1;
        for (Object event : events) {
            version = log.append(EveryEvent.aggregateOf(event), event, now);
            now = now.plusMillis(1);
        }
        return version;
    }

    /** Waits until every view has read the whole log. */
    public void settle() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> ViewOperationsGrpc.newBlockingStub(asAdmin())
                                .listViews(ListViewsRequest.getDefaultInstance())
                                .getViewsList()
                                .stream()
                                .allMatch(view -> view.getLag() == 0));
    }

    /** As stored, null if there is none. */
    public Document document(String collection, String id) {
        return collection(collection).find(Filters.eq("_id", id)).first();
    }

    /** Documents as stored, in the generation that readers see. */
    public MongoCollection<Document> collection(String name) {
        return bean(Views.class).stored().stream()
                .filter(view ->
                        view.documents().stream().anyMatch(type -> type.name().equals(name)))
                .map(view -> bean(ViewStore.class).generations(view).live())
                .map(live -> database.getCollection(live.nameOf(name)))
                .findFirst()
                .orElseGet(() -> database.getCollection(name));
    }

    public Channel anonymous() {
        return channel;
    }

    public Channel as(CustomerId customer) {
        return as(customer, SESSION);
    }

    public Channel as(CustomerId customer, String sessionId) {
        return with(customer, "CUSTOMER", sessionId);
    }

    public Channel asAdmin() {
        return with(new CustomerId("00000000-0000-7000-8000-000000000001"), "ADMIN", SESSION);
    }

    /** A caller whose token expires soon. */
    public Channel as(CustomerId customer, Duration untilExpiry) {
        return with(customer, "CUSTOMER", SESSION, untilExpiry);
    }

    /** As the processor of the revocations does. */
    public void revoke(Revocation revocation) {
        bean(RevocationList.class).add(revocation);
        bean(RevocationListener.class).revoked(revocation);
    }

    /** The problem with which a call is refused. */
    public static Problem problemOf(Runnable call) {
        return refusalOf(call).problem();
    }

    public static RefusedException refusalOf(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return RefusalCodec.fromStatus(e);
        }
        throw new AssertionError("the call was not refused");
    }

    private Channel with(CustomerId customer, String role, String sessionId) {
        return with(customer, role, sessionId, Duration.ofMinutes(10));
    }

    private Channel with(CustomerId customer, String role, String sessionId, Duration untilExpiry) {
        Instant today = Instant.now();
        String token = TokenForge.honest()
                .with("sub", customer.value())
                .with("sid", sessionId)
                .with("role", role)
                .with("ver", 1)
                .lasting(today, today.plus(untilExpiry))
                .token();
        return GrpcCalls.withToken(channel, token);
    }
}
