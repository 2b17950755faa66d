package dev.kontor.store;

import static dev.kontor.store.StoreSetup.event;
import static dev.kontor.store.StoreSetup.inUnitOfWork;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.saga.AssociationValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnitOfWorkTest extends WithStore {

    record Journey(String stage) {}

    private static final AssociationValue ASSOCIATION = new AssociationValue("order", "7");
    private static final TrackingToken TOKEN = new GlobalSequenceTrackingToken(41);

    @BeforeEach
    void prepare() {
        setup.engine.appendEvents(event("taken", 0), event("taken", 1));
        setup.tokens.initializeTokenSegments("processor", 1);
    }

    /** One write of each kind. */
    private void writeEverything() {
        setup.tokens.storeToken(TOKEN, "processor", 0);
        setup.sagas.insertSaga(Journey.class, "saga", new Journey("begun"), Set.of(ASSOCIATION));
        setup.store.column("rows").put("row", new byte[] {1});
        setup.eventStore.publish(event("fresh", 0));
    }

    private void assertEverythingIsThere() {
        assertThat(setup.tokens.fetchToken("processor", 0)).isEqualTo(TOKEN);
        assertThat(setup.sagas.findSagas(Journey.class, ASSOCIATION)).containsExactly("saga");
        assertThat(setup.sagas.loadSaga(Journey.class, "saga").saga()).isEqualTo(new Journey("begun"));
        assertThat(setup.store.column("rows").get("row")).isPresent();
        assertThat(setup.texts("fresh")).containsExactly("fresh#0");
    }

    private void assertNothingIsThere() {
        assertThat(setup.tokens.fetchToken("processor", 0)).isNull();
        assertThat(setup.sagas.findSagas(Journey.class, ASSOCIATION)).isEmpty();
        assertThat(setup.sagas.loadSaga(Journey.class, "saga")).isNull();
        assertThat(setup.store.column("rows").entries()).isEmpty();
        assertThat(setup.texts("fresh")).isEmpty();
        assertThat(setup.texts()).containsExactly("taken#0", "taken#1");
    }

    @Test
    void what_a_unit_of_work_writes_is_there_together_after_its_commit() {
        inUnitOfWork(this::writeEverything);

        assertEverythingIsThere();
        reopen();
        assertEverythingIsThere();
    }

    @Test
    void a_unit_of_work_that_is_rolled_back_leaves_nothing() {
        assertThatThrownBy(() -> inUnitOfWork(() -> {
                    writeEverything();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertNothingIsThere();
        reopen();
        assertNothingIsThere();
    }

    @Test
    void a_refused_append_undoes_everything_else_of_its_unit_of_work() {
        assertThatThrownBy(() -> inUnitOfWork(() -> {
                    writeEverything();
                    setup.eventStore.publish(event("taken", 1));
                }))
                .isInstanceOf(ConcurrencyException.class);

        assertNothingIsThere();
        reopen();
        assertNothingIsThere();
    }

    @Test
    void only_a_unit_of_work_sees_its_own_uncommitted_writes() {
        setup.store.column("rows").put("old", new byte[] {1});
        inUnitOfWork(() -> {
            writeEverything();
            setup.store.column("rows").delete("old");

            assertThat(setup.tokens.fetchToken("processor", 0)).isEqualTo(TOKEN);
            assertThat(setup.sagas.findSagas(Journey.class, ASSOCIATION)).containsExactly("saga");
            assertThat(setup.sagas.loadSaga(Journey.class, "saga").saga()).isEqualTo(new Journey("begun"));
            assertThat(setup.store.column("rows").entries()).containsOnlyKeys("row");
            assertThat(setup.store.column("rows").get("old")).isEmpty();
            assertThat(setup.eventStore.readEvents("fresh").asStream()).hasSize(1);

            assertThat(StoreSetup.<Optional<TrackingToken>>elsewhere(
                            () -> Optional.ofNullable(setup.tokens.fetchToken("processor", 0))))
                    .isEmpty();
            assertThat(StoreSetup.elsewhere(() -> setup.sagas.findSagas(Journey.class, ASSOCIATION)))
                    .isEmpty();
            assertThat(StoreSetup.elsewhere(() -> setup.store.column("rows").entries()))
                    .containsOnlyKeys("old");
            assertThat(StoreSetup.elsewhere(() ->
                            setup.eventStore.readEvents("fresh").asStream().toList()))
                    .isEmpty();
        });
        assertThat(setup.store.column("rows").entries()).containsOnlyKeys("row");
    }

    @Test
    void what_is_rolled_back_is_seen_no_more_in_the_rollback_phase() {
        UnitOfWork<?> unitOfWork = StoreSetup.startUnitOfWork();
        writeEverything();
        boolean[] asked = {false};
        unitOfWork.onRollback(u -> {
            assertThat(setup.store.column("rows").entries()).isEmpty();
            asked[0] = true;
        });
        unitOfWork.rollback();

        assertThat(asked).containsExactly(true);
    }

    @Test
    void what_is_written_in_the_rollback_phase_is_written_by_itself() {
        UnitOfWork<?> unitOfWork = StoreSetup.startUnitOfWork();
        writeEverything();
        unitOfWork.onRollback(u -> setup.store.column("failures").put("failed", new byte[] {1}));
        unitOfWork.rollback();

        assertNothingIsThere();
        assertThat(setup.store.column("failures").entries()).containsOnlyKeys("failed");
    }

    @Test
    void what_is_written_after_the_commit_is_written_by_itself() {
        inUnitOfWork(() -> {
            writeEverything();
            CurrentUnitOfWork.get().afterCommit(u -> {
                setup.store.column("later").put("row", new byte[] {2});
                assertThat(StoreSetup.elsewhere(
                                () -> setup.store.column("later").entries()))
                        .containsOnlyKeys("row");
                setup.engine.appendEvents(event("later", 0));
            });
        });

        assertEverythingIsThere();
        reopen();
        assertThat(setup.store.column("later").entries()).containsOnlyKeys("row");
        assertThat(setup.texts()).endsWith("later#0");
    }

    @Test
    void a_batch_of_messages_is_one_write_and_one_that_fails_undoes_the_others() throws Exception {
        List<EventMessage<Noted>> batch = List.of(event("first"), event("second"), event("third"));

        BatchingUnitOfWork<EventMessage<Noted>> failing = new BatchingUnitOfWork<>(batch);
        failing.start();
        failing.executeWithResult(
                () -> {
                    String text = StoreSetup.text(failing.getMessage());
                    setup.store.column("rows").put(text, new byte[] {1});
                    setup.eventStore.publish(event("about " + text));
                    if (text.equals("third")) {
                        throw new IllegalStateException("no");
                    }
                    return text;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        assertNothingIsThere();

        BatchingUnitOfWork<EventMessage<Noted>> good = new BatchingUnitOfWork<>(batch);
        good.start();
        good.executeWithResult(
                () -> {
                    String text = StoreSetup.text(good.getMessage());
                    setup.store.column("rows").put(text, new byte[] {1});
                    setup.eventStore.publish(event("about " + text));
                    assertThat(StoreSetup.elsewhere(
                                    () -> setup.store.column("rows").entries()))
                            .isEmpty();
                    return text;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        assertThat(setup.store.column("rows").entries()).containsOnlyKeys("first", "second", "third");
        assertThat(setup.texts()).endsWith("about first", "about second", "about third");
    }

    @Test
    void commands_sent_from_a_unit_of_work_are_written_with_it_and_one_that_fails_is_left_out() {
        SimpleCommandBus commands = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .build();
        commands.subscribe("note", command -> {
            String text = (String) command.getPayload();
            setup.eventStore.publish(event(text));
            setup.store.column("rows").put(text, new byte[] {1});
            setup.store.column("rows").put("last", text.getBytes(StandardCharsets.UTF_8));
            if (text.startsWith("bad")) {
                throw new IllegalStateException("no");
            }
            return text;
        });

        inUnitOfWork(() -> {
            setup.store.column("rows").put("mine", new byte[] {1});
            for (String text : List.of("good", "bad", "better", "bad too")) {
                commands.dispatch(new GenericCommandMessage<>(new GenericCommandMessage<>(text, Map.of()), "note"));
            }
            assertThat(setup.store.column("rows").entries()).containsOnlyKeys("mine", "good", "better", "last");
            assertThat(StoreSetup.elsewhere(() -> setup.store.column("rows").entries()))
                    .isEmpty();
            assertThat(setup.texts()).containsExactly("taken#0", "taken#1");
        });

        assertThat(setup.texts()).containsExactly("taken#0", "taken#1", "good", "better");
        assertThat(setup.store.column("rows").entries()).containsOnlyKeys("mine", "good", "better", "last");
        assertThat(setup.store.column("rows").get("last")).contains("better".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_nested_unit_of_work_is_rolled_back_with_its_parent() {
        inUnitOfWork(() -> {
            setup.store.column("rows").put("row", new byte[] {1});
            assertThatThrownBy(() -> inUnitOfWork(() -> {
                        inUnitOfWork(() -> setup.store.column("rows").put("row", new byte[] {3}));
                        setup.store.column("rows").put("middle", new byte[] {2});
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(setup.store.column("rows").get("row")).contains(new byte[] {1});
        });

        assertThat(setup.store.column("rows").entries()).containsOnlyKeys("row");
        assertThat(setup.store.column("rows").get("row")).contains(new byte[] {1});
    }

    @Test
    void what_is_kept_in_memory_is_shown_before_the_events_written_with_it() {
        long before = setup.store.head();
        AtomicLong headWhenShown = new AtomicLong(Long.MIN_VALUE);
        inUnitOfWork(() -> {
            setup.eventStore.publish(event("a", 0));
            setup.store.write(pending -> {
                pending.row(ColumnFamilies.SAGAS, "row", new byte[0], null);
                pending.afterwards(() -> headWhenShown.set(setup.store.head()));
            });
        });

        assertThat(headWhenShown).hasValue(before);
        assertThat(setup.store.head()).isEqualTo(before + 1);
    }
}
