package dev.kontor.query.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.CustomerView;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.side.customer.ErasureListener;
import java.time.Duration;
import java.time.Instant;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** The shape of an account's document, and the way from it to what may be shown. */
@Component
class CustomerDocument implements ErasureListener {

    static final String EMAIL = "email";
    static final String NAME = "name";
    static final String ROLE = "role";
    static final String STATUS = "status";
    static final String REGISTERED_AT = "registeredAt";

    private final PersonalData personalData;
    // Short, like the keys' own cache: also what nobody told of is forgotten.
    private final Cache<Opened, String> opened = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    private record Opened(CustomerId customerId, PersonalData.Field field, String ciphertext) {}

    CustomerDocument(PersonalData personalData) {
        this.personalData = personalData;
    }

    @Override
    public void erased(CustomerId customerId) {
        opened.asMap().keySet().removeIf(text -> text.customerId().equals(customerId));
    }

    CustomerView read(Document document) {
        CustomerId id = new CustomerId(document.getString("_id"));
        return new CustomerView(
                id,
                unseal(id, PersonalData.Field.EMAIL, document.getString(EMAIL)),
                name(document),
                Role.valueOf(document.getString(ROLE)),
                CustomerStatus.valueOf(document.getString(STATUS)),
                Instant.ofEpochMilli(document.getLong(REGISTERED_AT)),
                document.getLong("version"));
    }

    /** Empty once erased. */
    String name(Document document) {
        return unseal(new CustomerId(document.getString("_id")), PersonalData.Field.NAME, document.getString(NAME));
    }

    private String unseal(CustomerId id, PersonalData.Field field, String ciphertext) {
        if (ciphertext == null) {
            return "";
        }
        return opened.get(
                new Opened(id, field, ciphertext),
                closed -> personalData.unseal(id, field, new Sealed(ciphertext)).orElse(""));
    }
}
