package dev.kontor.audit.order;

import dev.kontor.audit.Numbered;
import dev.kontor.audit.NumberedIds;
import java.util.function.ObjIntConsumer;

/** Every order of the log, shared by its judges. */
public final class Orders {

    private final NumberedIds ids = new NumberedIds();
    private final NumberedIds products = new NumberedIds();
    private final Numbered<AuditedOrder> states = new Numbered<>(AuditedOrder[]::new);

    /** Null if it was never placed. */
    AuditedOrder find(String id) {
        return states.get(ids.find(id));
    }

    void put(String id, AuditedOrder state) {
        states.put(ids.of(id), state);
    }

    int productOf(String id) {
        return products.of(id);
    }

    String product(int number) {
        return products.uuid(number);
    }

    /** An order's name in reports. */
    String subject(int number) {
        return "Order " + ids.uuid(number);
    }

    int size() {
        return ids.size();
    }

    void forEach(ObjIntConsumer<AuditedOrder> reader) {
        for (int number = 0; number < ids.size(); number++) {
            reader.accept(states.get(number), number);
        }
    }
}
