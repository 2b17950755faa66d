package dev.kontor.standalone.customer;

import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.api.customer.KeyRing;
import dev.kontor.store.Vault;
import java.util.Optional;

/** The key ring in a database apart from the log. */
public final class VaultKeyRing implements KeyRing {

    private final Vault vault;

    public VaultKeyRing(Vault vault) {
        this.vault = vault;
    }

    @Override
    public Optional<byte[]> find(String keyId) {
        return vault.get(keyId);
    }

    @Override
    public byte[] putIfAbsent(String keyId, byte[] wrapped) {
        return vault.putIfAbsent(keyId, wrapped).orElseThrow(KeyDestroyedException::new);
    }

    @Override
    public void forget(String keyId) {
        vault.remove(keyId);
    }

    @Override
    public void destroy(String keyId) {
        vault.destroy(keyId);
    }
}
