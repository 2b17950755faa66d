package dev.kontor.query.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.side.customer.ErasureListener;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Unseals the documents of accounts into profiles. */
@Component
class UnsealedProfiles implements ErasureListener {

    private final PersonalData personalData;
    // Short, like the keys' own cache: this also drops what no event reports.
    private final Cache<Opened, String> opened = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    private record Opened(CustomerId customerId, PersonalData.Field field, String ciphertext) {}

    UnsealedProfiles(PersonalData personalData) {
        this.personalData = personalData;
    }

    @Override
    public void erased(CustomerId customerId) {
        opened.asMap().keySet().removeIf(text -> text.customerId().equals(customerId));
    }

    CustomerView read(CustomerDocument document) {
        CustomerId id = new CustomerId(document.id());
        return new CustomerView(
                id,
                unseal(id, PersonalData.Field.EMAIL, document.email()),
                name(document),
                document.role(),
                document.status(),
                Instant.ofEpochMilli(document.registeredAt()),
                document.profileVersion(),
                document.standingVersion(),
                document.version());
    }

    /** Empty once erased. */
    String name(CustomerDocument document) {
        return unseal(new CustomerId(document.id()), PersonalData.Field.NAME, document.name());
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
