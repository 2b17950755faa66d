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
 * Seals personal data with AES-256-GCM under a key of its customer, and unseals it while that key exists. A sealed
 * value is bound to customer and field: it does not open elsewhere. Thread-safe.
 */
public final class PersonalData {

    /** The sealed fields. The name is part of the authenticated data, so it never changes, like a stored name. */
    public enum Field {
        EMAIL,
        NAME,
        VERIFIER,
        DEVICE,
        ANSWER
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
    // Expires soon, so that this process forgets a key that another process has destroyed.
    private final Cache<CustomerId, Aead> opened = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();
    // Outlasts both the cache of opened keys and the time from an erasure's event to the destruction of the key.
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
     * Seals a text; makes the customer's key if there is none yet.
     *
     * @throws KeyDestroyedException if the customer was erased
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
     * The text, or empty if the customer's key is destroyed.
     *
     * @throws IllegalStateException if the key exists and does not fit: damaged, or sealed for another customer or
     *     field
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

    /** Removes the key of a customer whose registration failed: none of its sealed data was stored. */
    public void forget(CustomerId customerId) {
        keyRing.forget(PREFIX + customerId);
        opened.invalidate(customerId);
    }

    /** Destroys the customer's key: data sealed for the customer no longer opens, in any copy. */
    public void destroy(CustomerId customerId) {
        keyRing.destroy(PREFIX + customerId);
        opened.invalidate(customerId);
    }

    /**
     * Notifies this process that the customer was erased, by any process: it opens none of the customer's data again.
     */
    public void shut(CustomerId customerId) {
        erased.put(customerId, true);
        opened.invalidate(customerId);
    }

    private Optional<Aead> find(CustomerId customerId) {
        if (erased.getIfPresent(customerId) != null) {
            return Optional.empty();
        }
        // Atomic, so that a key destroyed meanwhile is not put back after its removal.
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
