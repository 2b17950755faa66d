package dev.kontor.api.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.kontor.api.ids.CustomerId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;

/**
 * Seals personal data with AES-256-GCM under a key of its customer, and unseals it while that key lives. A sealed value
 * is bound to customer and field: moved elsewhere it does not open. Safe for many threads.
 */
public final class PersonalData {

    /** The fields that are sealed. The name is part of what is authenticated, so it is as final as a stored shape. */
    public enum Field {
        EMAIL,
        NAME,
        VERIFIER,
        DEVICE
    }

    private static final String PREFIX = "customer/";

    static {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final KeyRing keyRing;
    private final Aead master;
    // Short, so that a key destroyed by another process is forgotten here too.
    private final Cache<CustomerId, Aead> opened = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();
    // Longer than a key stays opened, and than its destruction takes that the log has told of.
    private final Cache<CustomerId, Boolean> erased = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** @param masterKey 32 bytes that wrap every customer's key */
    public PersonalData(KeyRing keyRing, byte[] masterKey) {
        this(keyRing, WrappingKey.of(masterKey));
    }

    /** @param master wraps every customer's key */
    public PersonalData(KeyRing keyRing, WrappingKey master) {
        this.keyRing = keyRing;
        this.master = master;
    }

    /**
     * Seals a text, making the customer's key where there is none yet.
     *
     * @throws KeyDestroyedException where the customer was erased
     */
    public Sealed seal(CustomerId customerId, Field field, String clear) {
        try {
            Aead key = find(customerId).orElseGet(() -> make(customerId));
            return Sealed.of(key.encrypt(clear.getBytes(StandardCharsets.UTF_8), binding(customerId, field)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Personal data cannot be sealed", e);
        }
    }

    /**
     * The text, or empty where the customer's key is destroyed.
     *
     * @throws IllegalStateException where the key is there and does not fit: damaged, or sealed for something else
     */
    public Optional<String> unseal(CustomerId customerId, Field field, Sealed sealed) {
        return find(customerId).map(key -> {
            try {
                return new String(key.decrypt(sealed.bytes(), binding(customerId, field)), StandardCharsets.UTF_8);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalStateException("Sealed data of customer " + customerId + " cannot be opened", e);
            }
        });
    }

    /** Throws away the key of a customer who never came to be: nothing that it sealed was kept. */
    public void forget(CustomerId customerId) {
        keyRing.forget(PREFIX + customerId);
        opened.invalidate(customerId);
    }

    /** Destroys the customer's key: nothing sealed for them opens any more, in no copy. */
    public void destroy(CustomerId customerId) {
        keyRing.destroy(PREFIX + customerId);
        opened.invalidate(customerId);
    }

    /** Tells that the customer was erased, also by another process: from now on nothing of them opens here. */
    public void shut(CustomerId customerId) {
        erased.put(customerId, true);
        opened.invalidate(customerId);
    }

    private Optional<Aead> find(CustomerId customerId) {
        if (erased.getIfPresent(customerId) != null) {
            return Optional.empty();
        }
        // One step, so that a key that is destroyed meanwhile is not put back after it was forgotten.
        return Optional.ofNullable(opened.get(
                customerId,
                id -> keyRing.find(PREFIX + id)
                        .map(wrapped -> open(id, wrapped))
                        .orElse(null)));
    }

    private Aead make(CustomerId customerId) {
        try {
            KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            byte[] wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(fresh, master, keyBinding(customerId));
            keyRing.putIfAbsent(PREFIX + customerId, wrapped);
            return find(customerId).orElseThrow(KeyDestroyedException::new);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A customer's key cannot be made", e);
        }
    }

    private Aead open(CustomerId customerId, byte[] wrapped) {
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, master, keyBinding(customerId))
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The key of customer " + customerId + " does not open with this master key", e);
        }
    }

    private static byte[] keyBinding(CustomerId customerId) {
        return (PREFIX + customerId).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] binding(CustomerId customerId, Field field) {
        return (PREFIX + customerId + "/" + field).getBytes(StandardCharsets.UTF_8);
    }
}
