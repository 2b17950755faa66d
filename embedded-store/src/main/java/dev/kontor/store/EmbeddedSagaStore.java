package dev.kontor.store;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.Serializer;

/**
 * Stores each saga in one row with its associations and deletes it when it ends. Open sagas are also in memory, so that
 * a lookup reads no disk. Writes join the unit of work, with its events and its token.
 */
public final class EmbeddedSagaStore implements SagaStore<Object> {

    /** @param type the name of the saga's class */
    private record Association(String type, AssociationValue value) {}

    private final EmbeddedStore store;
    private final Serializer serializer;
    private final Map<String, StoredObject> sagas = new ConcurrentHashMap<>();
    private final Map<Association, Set<String>> index = new ConcurrentHashMap<>();

    public EmbeddedSagaStore(EmbeddedStore store, Serializer serializer) {
        this.store = store;
        this.serializer = serializer;
        store.readAll(ColumnFamilies.SAGAS, (id, row) -> remember(id, StoredObject.decode(row)));
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue association) {
        String type = typeOf(sagaType);
        Set<String> found = new HashSet<>(index.getOrDefault(new Association(type, association), Set.of()));
        for (UnitOfWorkWrites.Row row : UnitOfWorkWrites.peekAll(store.committer(), ColumnFamilies.SAGAS)) {
            if (row.object() instanceof StoredObject saga
                    && saga.type().equals(type)
                    && saga.associations().contains(association)) {
                found.add(row.key());
            } else {
                found.remove(row.key());
            }
        }
        return found;
    }

    @Override
    public <S> Entry<S> loadSaga(Class<S> sagaType, String id) {
        UnitOfWorkWrites.Row pending = UnitOfWorkWrites.peek(store.committer(), ColumnFamilies.SAGAS, id)
                .orElse(null);
        StoredObject saga = pending == null ? sagas.get(id) : (StoredObject) pending.object();
        return saga == null ? null : new Loaded<>(saga.associations(), saga.read(serializer));
    }

    private record Loaded<S>(Set<AssociationValue> associationValues, S saga) implements Entry<S> {}

    @Override
    public void insertSaga(Class<?> sagaType, String id, Object saga, Set<AssociationValue> associations) {
        store(id, saga, associations);
    }

    @Override
    public void updateSaga(Class<?> sagaType, String id, Object saga, AssociationValues associations) {
        store(id, saga, associations.asSet());
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String id, Set<AssociationValue> associations) {
        store.write(pending -> {
            pending.row(ColumnFamilies.SAGAS, id, null, null);
            pending.afterwards(() -> forget(id));
        });
    }

    private void store(String id, Object saga, Set<AssociationValue> associations) {
        StoredObject stored = StoredObject.of(saga, associations, serializer);
        byte[] row = stored.encode();
        store.write(pending -> {
            pending.row(ColumnFamilies.SAGAS, id, row, stored);
            pending.afterwards(() -> remember(id, stored));
        });
    }

    private void remember(String id, StoredObject saga) {
        StoredObject before = sagas.put(id, saga);
        if (before != null && !before.associations().equals(saga.associations())) {
            unlink(id, before);
        }
        if (before == null || !before.associations().equals(saga.associations())) {
            saga.associations()
                    .forEach(value -> index.computeIfAbsent(
                                    new Association(saga.type(), value), a -> ConcurrentHashMap.newKeySet())
                            .add(id));
        }
    }

    private void forget(String id) {
        StoredObject before = sagas.remove(id);
        if (before != null) {
            unlink(id, before);
        }
    }

    private void unlink(String id, StoredObject saga) {
        saga.associations()
                .forEach(value -> index.computeIfPresent(new Association(saga.type(), value), (a, ids) -> {
                    ids.remove(id);
                    return ids.isEmpty() ? null : ids;
                }));
    }

    private String typeOf(Class<?> sagaType) {
        return serializer.typeForClass(sagaType).getName();
    }

    /** The identifiers of the open sagas, as last stored. */
    public Set<String> ids() {
        return Set.copyOf(sagas.keySet());
    }

    /** The number of open sagas. */
    public int open() {
        return sagas.size();
    }
}
