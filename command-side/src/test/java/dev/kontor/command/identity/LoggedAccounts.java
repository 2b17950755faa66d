package dev.kontor.command.identity;

import dev.kontor.api.customer.CustomerEvent;
import dev.kontor.api.identity.AdminsEvent;
import dev.kontor.api.identity.AdminsId;
import dev.kontor.api.identity.CredentialsEvent;
import dev.kontor.api.identity.CredentialsId;
import dev.kontor.api.identity.EmailEvent;
import dev.kontor.api.identity.SessionEvent;
import dev.kontor.command.customer.Customer;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.Scenario;
import dev.kontor.testsupport.MutableClock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.SerializedObject;

/** Accounts with all of their aggregates and a real event store. Time begins at {@link Scenario#NOON}. */
public final class LoggedAccounts implements AutoCloseable {

    private record History(String type, String id) {}

    private final MutableClock clock = new MutableClock(Scenario.NOON);
    private final LoggedAggregates aggregates;
    private final Map<History, Long> lengths = new HashMap<>();
    private int told;

    public LoggedAccounts(Path folder) {
        aggregates = new LoggedAggregates(
                folder,
                clock,
                List.of(handler(SignUpHandler::new), handler(SessionHandler::new), handler(AccountHandler::new)),
                List.of(
                        EmailClaim.class,
                        Session.class,
                        Credentials.class,
                        Customer.class,
                        Admins.class,
                        SigningKeys.class));
    }

    private static Function<Configuration, Object> handler(Function<AccountAggregates, Object> handler) {
        return axon -> handler.apply(new AccountAggregates(
                axon.repository(EmailClaim.class),
                axon.repository(Session.class),
                axon.repository(Credentials.class),
                axon.repository(Customer.class),
                axon.repository(Admins.class)));
    }

    /** Appends events before any command is sent. */
    public LoggedAccounts given(Object... events) {
        for (Object event : events) {
            History stream = streamOf(event);
            long length = lengths.merge(stream, 1L, Long::sum);
            aggregates.append(stream.type(), stream.id(), length - 1, List.of(event));
        }
        told = events().size();
        return this;
    }

    private static History streamOf(Object event) {
        return switch (event) {
            case EmailEvent email -> new History("EmailClaim", email.emailKey().toString());
            case SessionEvent session ->
                new History("Session", session.sessionId().toString());
            case CredentialsEvent credentials ->
                new History("Credentials", new CredentialsId(credentials.customerId()).toString());
            case CustomerEvent customer ->
                new History("Customer", customer.customerId().toString());
            case AdminsEvent admins -> new History("Admins", new AdminsId().toString());
            default -> throw new IllegalArgumentException("No part of an account: " + event);
        };
    }

    public MutableClock clock() {
        return clock;
    }

    LoggedAggregates aggregates() {
        return aggregates;
    }

    public Commands commands() {
        return aggregates.commands();
    }

    public <R> R send(Object command) {
        return aggregates.send(command);
    }

    /** The events since the last call, in the order of the log. */
    public List<Object> written() {
        List<Object> all = events();
        List<Object> news = List.copyOf(all.subList(told, all.size()));
        told = all.size();
        return news;
    }

    /** All stored events with their types, as text. */
    String stored() {
        StringBuilder stored = new StringBuilder();
        for (Object event : events()) {
            SerializedObject<String> json = LoggedAggregates.todaysJson().serialize(event, String.class);
            stored.append(json.getType().getName()).append(json.getData()).append('\n');
        }
        return stored.toString();
    }

    private List<Object> events() {
        try (Stream<? extends TrackedEventMessage<?>> events =
                aggregates.engine().readEvents(null, false)) {
            return events.<Object>map(Message::getPayload).toList();
        }
    }

    @Override
    public void close() {
        aggregates.close();
    }
}
