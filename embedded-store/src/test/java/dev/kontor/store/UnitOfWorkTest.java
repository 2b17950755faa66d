package dev.kontor.store;

import static dev.kontor.store.Shelf.event;
import static dev.kontor.store.Shelf.inUnitOfWork;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitOfWorkTest {

    record Journey(String stage) {}

    private static final AssociationValue ASSOCIATION = new AssociationValue("order", "7");
    private static final TrackingToken TOKEN = new GlobalSequenceTrackingToken(41);

    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = new Shelf(folder);
        shelf.engine.appendEvents(event("taken", 0), event("taken", 1));
        shelf.tokens.initializeTokenSegments("processor", 1);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    /** One thing of each kind. */
    private void writeEverything() {
        shelf.tokens.storeToken(TOKEN, "processor", 0);
        shelf.sagas.insertSaga(Journey.class, "saga", new Journey("begun"), Set.of(ASSOCIATION));
        shelf.store.column("rows").put("row", new byte[] {1});
        shelf.eventStore.publish(event("fresh", 0));
    }

    private void assertEverythingIsThere() {
        assertThat(shelf.tokens.fetchToken("processor", 0)).isEqualTo(TOKEN);
        assertThat(shelf.sagas.findSagas(Journey.class, ASSOCIATION)).containsExactly("saga");
        assertThat(shelf.sagas.loadSaga(Journey.class, "saga").saga()).isEqualTo(new Journey("begun"));
        assertThat(shelf.store.column("rows").get("row")).isPresent();
        assertThat(shelf.texts("fresh")).containsExactly("fresh#0");
    }

    private void assertNothingIsThere() {
        assertThat(shelf.tokens.fetchToken("processor", 0)).isNull();
        assertThat(shelf.sagas.findSagas(Journey.class, ASSOCIATION)).isEmpty();
        assertThat(shelf.sagas.loadSaga(Journey.class, "saga")).isNull();
        assertThat(shelf.store.column("rows").entries()).isEmpty();
        assertThat(shelf.texts("fresh")).isEmpty();
        assertThat(shelf.texts()).containsExactly("taken#0", "taken#1");
    }

    private void reopen() {
        shelf.close();
        shelf = new Shelf(folder);
    }

    @Test
    void whatAUnitOfWorkWritesIsThereTogetherAfterItsCommit() {
        inUnitOfWork(this::writeEverything);

        assertEverythingIsThere();
        reopen();
        assertEverythingIsThere();
    }

    @Test
    void aUnitOfWorkThatIsRolledBackLeavesNothing() {
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
    void anAppendThatIsRefusedTakesEverythingElseWithIt() {
        assertThatThrownBy(() -> inUnitOfWork(() -> {
                    writeEverything();
                    shelf.eventStore.publish(event("taken", 1));
                }))
                .isInstanceOf(ConcurrencyException.class);

        assertNothingIsThere();
        reopen();
        assertNothingIsThere();
    }

    @Test
    void aUnitOfWorkSeesWhatItHasWrittenAndNobodyElseDoes() {
        shelf.store.column("rows").put("old", new byte[] {1});
        inUnitOfWork(() -> {
            writeEverything();
            shelf.store.column("rows").delete("old");

            assertThat(shelf.tokens.fetchToken("processor", 0)).isEqualTo(TOKEN);
            assertThat(shelf.sagas.findSagas(Journey.class, ASSOCIATION)).containsExactly("saga");
            assertThat(shelf.sagas.loadSaga(Journey.class, "saga").saga()).isEqualTo(new Journey("begun"));
            assertThat(shelf.store.column("rows").entries()).containsOnlyKeys("row");
            assertThat(shelf.store.column("rows").get("old")).isEmpty();
            assertThat(shelf.eventStore.readEvents("fresh").asStream()).hasSize(1);

            assertThat(Shelf.<Optional<TrackingToken>>elsewhere(
                            () -> Optional.ofNullable(shelf.tokens.fetchToken("processor", 0))))
                    .isEmpty();
            assertThat(Shelf.elsewhere(() -> shelf.sagas.findSagas(Journey.class, ASSOCIATION)))
                    .isEmpty();
            assertThat(Shelf.elsewhere(() -> shelf.store.column("rows").entries()))
                    .containsOnlyKeys("old");
            assertThat(Shelf.elsewhere(() ->
                            shelf.eventStore.readEvents("fresh").asStream().toList()))
                    .isEmpty();
        });
        assertThat(shelf.store.column("rows").entries()).containsOnlyKeys("row");
    }

    @Test
    void whatIsRolledBackIsSeenNoMoreInTheRollbackPhase() {
        UnitOfWork<?> unitOfWork = Shelf.startUnitOfWork();
        writeEverything();
        boolean[] asked = {false};
        unitOfWork.onRollback(u -> {
            assertThat(shelf.store.column("rows").entries()).isEmpty();
            asked[0] = true;
        });
        unitOfWork.rollback();

        assertThat(asked).containsExactly(true);
    }

    @Test
    void whatIsWrittenInTheRollbackPhaseIsWrittenByItself() {
        UnitOfWork<?> unitOfWork = Shelf.startUnitOfWork();
        writeEverything();
        unitOfWork.onRollback(u -> shelf.store.column("failures").put("failed", new byte[] {1}));
        unitOfWork.rollback();

        assertNothingIsThere();
        assertThat(shelf.store.column("failures").entries()).containsOnlyKeys("failed");
    }

    @Test
    void whatIsWrittenAfterTheCommitIsWrittenByItself() {
        inUnitOfWork(() -> {
            writeEverything();
            CurrentUnitOfWork.get().afterCommit(u -> {
                shelf.store.column("later").put("row", new byte[] {2});
                assertThat(Shelf.elsewhere(() -> shelf.store.column("later").entries()))
                        .containsOnlyKeys("row");
                shelf.engine.appendEvents(event("later", 0));
            });
        });

        assertEverythingIsThere();
        reopen();
        assertThat(shelf.store.column("later").entries()).containsOnlyKeys("row");
        assertThat(shelf.texts()).endsWith("later#0");
    }

    @Test
    void aBatchOfMessagesIsOneWriteAndOneThatFailsTakesTheOthersWithIt() throws Exception {
        List<EventMessage<Noted>> batch = List.of(event("first"), event("second"), event("third"));

        BatchingUnitOfWork<EventMessage<Noted>> failing = new BatchingUnitOfWork<>(batch);
        failing.start();
        failing.executeWithResult(
                () -> {
                    String text = Shelf.text(failing.getMessage());
                    shelf.store.column("rows").put(text, new byte[] {1});
                    shelf.eventStore.publish(event("about " + text));
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
                    String text = Shelf.text(good.getMessage());
                    shelf.store.column("rows").put(text, new byte[] {1});
                    shelf.eventStore.publish(event("about " + text));
                    assertThat(Shelf.elsewhere(() -> shelf.store.column("rows").entries()))
                            .isEmpty();
                    return text;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        assertThat(shelf.store.column("rows").entries()).containsOnlyKeys("first", "second", "third");
        assertThat(shelf.texts()).endsWith("about first", "about second", "about third");
    }

    @Test
    void commandsSentFromAUnitOfWorkAreWrittenWithItAndOneThatFailsIsLeftOut() {
        SimpleCommandBus commands = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .build();
        commands.subscribe("note", command -> {
            String text = (String) command.getPayload();
            shelf.eventStore.publish(event(text));
            shelf.store.column("rows").put(text, new byte[] {1});
            shelf.store.column("rows").put("last", text.getBytes(StandardCharsets.UTF_8));
            if (text.startsWith("bad")) {
                throw new IllegalStateException("no");
            }
            return text;
        });

        inUnitOfWork(() -> {
            shelf.store.column("rows").put("mine", new byte[] {1});
            for (String text : List.of("good", "bad", "better", "bad too")) {
                commands.dispatch(new GenericCommandMessage<>(new GenericCommandMessage<>(text, Map.of()), "note"));
            }
            assertThat(shelf.store.column("rows").entries()).containsOnlyKeys("mine", "good", "better", "last");
            assertThat(Shelf.elsewhere(() -> shelf.store.column("rows").entries()))
                    .isEmpty();
            assertThat(shelf.texts()).containsExactly("taken#0", "taken#1");
        });

        assertThat(shelf.texts()).containsExactly("taken#0", "taken#1", "good", "better");
        assertThat(shelf.store.column("rows").entries()).containsOnlyKeys("mine", "good", "better", "last");
        assertThat(shelf.store.column("rows").get("last")).contains("better".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNestedUnitOfWorkThatSucceededGoesDownWithItsParent() {
        inUnitOfWork(() -> {
            shelf.store.column("rows").put("row", new byte[] {1});
            assertThatThrownBy(() -> inUnitOfWork(() -> {
                        inUnitOfWork(() -> shelf.store.column("rows").put("row", new byte[] {3}));
                        shelf.store.column("rows").put("middle", new byte[] {2});
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(shelf.store.column("rows").get("row")).contains(new byte[] {1});
        });

        assertThat(shelf.store.column("rows").entries()).containsOnlyKeys("row");
        assertThat(shelf.store.column("rows").get("row")).contains(new byte[] {1});
    }

    @Test
    void whatIsKeptInMemoryIsShownBeforeTheEventsWrittenWithIt() {
        long before = shelf.store.head();
        AtomicLong headWhenShown = new AtomicLong(Long.MIN_VALUE);
        inUnitOfWork(() -> {
            shelf.eventStore.publish(event("a", 0));
            shelf.store.write(pending -> {
                pending.row(ColumnFamilies.SAGAS, "row", new byte[0], null);
                pending.afterwards(() -> headWhenShown.set(shelf.store.head()));
            });
        });

        assertThat(headWhenShown).hasValue(before);
        assertThat(shelf.store.head()).isEqualTo(before + 1);
    }
}
