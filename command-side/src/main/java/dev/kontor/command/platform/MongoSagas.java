package dev.kontor.command.platform;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import dev.kontor.side.platform.StorePreparation;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Sagas in MongoDB, one document {@code {_id, type, saga, associations}} each. Look-ups use a whole association, which
 * is indexed. The index is unique: an order has one saga, even if several instances try to start it. A late update does
 * not bring a finished saga back.
 *
 * <p>Axon's own store for MongoDB needs XStream, and declares no index.
 */
public final class MongoSagas implements SagaStore<Object>, StorePreparation {

    public static final String COLLECTION = "sagas";

    private static final String ID = "_id";
    private static final String TYPE = "type";
    private static final String SAGA = "saga";
    private static final String ASSOCIATIONS = "associations";
    private static final String KEY = "key";
    private static final String VALUE = "value";

    private final MongoCollection<Document> sagas;
    private final Serializer serializer;

    public MongoSagas(MongoDatabase database, Serializer serializer) {
        this.sagas = database.getCollection(COLLECTION);
        this.serializer = serializer;
    }

    @Override
    public void prepare() {
        sagas.createIndex(Indexes.ascending(TYPE, ASSOCIATIONS), new IndexOptions().unique(true));
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue association) {
        return sagas.find(Filters.and(
                        Filters.eq(TYPE, typeOf(sagaType)), Filters.eq(ASSOCIATIONS, document(association))))
                .projection(Projections.include(ID))
                .map(saga -> saga.getString(ID))
                .into(new HashSet<>());
    }

    private record Loaded<S>(Set<AssociationValue> associationValues, S saga) implements Entry<S> {}

    @Override
    public <S> Entry<S> loadSaga(Class<S> sagaType, String id) {
        Document document = sagas.find(Filters.eq(ID, id)).first();
        if (document == null) {
            return null;
        }
        Set<AssociationValue> associations = document.getList(ASSOCIATIONS, Document.class).stream()
                .map(each -> new AssociationValue(each.getString(KEY), each.getString(VALUE)))
                .collect(Collectors.toSet());
        S saga = serializer.deserialize(new SimpleSerializedObject<>(
                document.get(SAGA, Binary.class).getData(), byte[].class, document.getString(TYPE), null));
        return new Loaded<>(associations, saga);
    }

    @Override
    public void insertSaga(Class<?> sagaType, String id, Object saga, Set<AssociationValue> associations) {
        sagas.insertOne(new Document(ID, id)
                .append(TYPE, typeOf(sagaType))
                .append(SAGA, stored(saga))
                .append(ASSOCIATIONS, documents(associations)));
    }

    @Override
    public void updateSaga(Class<?> sagaType, String id, Object saga, AssociationValues associations) {
        Bson changes = Updates.combine(
                Updates.set(SAGA, stored(saga)), Updates.set(ASSOCIATIONS, documents(associations.asSet())));
        sagas.updateOne(Filters.eq(ID, id), changes);
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String id, Set<AssociationValue> associations) {
        sagas.deleteOne(Filters.eq(ID, id));
    }

    public Set<String> ids() {
        return sagas.find()
                .projection(Projections.include(ID))
                .map(saga -> saga.getString(ID))
                .into(new HashSet<>());
    }

    private String typeOf(Class<?> sagaType) {
        return serializer.typeForClass(sagaType).getName();
    }

    private Binary stored(Object saga) {
        SerializedObject<byte[]> bytes = serializer.serialize(saga, byte[].class);
        return new Binary(bytes.getData());
    }

    private static List<Document> documents(Collection<AssociationValue> associations) {
        return associations.stream().map(MongoSagas::document).toList();
    }

    /** The order of the fields is fixed, because documents are compared and indexed field by field. */
    private static Document document(AssociationValue association) {
        return new Document(KEY, association.getKey()).append(VALUE, association.getValue());
    }
}
