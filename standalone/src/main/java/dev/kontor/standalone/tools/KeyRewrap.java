package dev.kontor.standalone.tools;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import dev.kontor.api.customer.WrappingKey;
import dev.kontor.command.identity.MasterKeys;
import dev.kontor.standalone.tools.console.ProgressOutput;
import dev.kontor.standalone.tools.console.ToolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Rewraps the keys of a ring by the first of the master keys, where another one has wrapped them. */
final class KeyRewrap implements BiConsumer<String, Optional<byte[]>> {

    private static final String OF_CUSTOMERS = "customer/";
    private static final String OF_SIGNING = "signing/";

    /** Replaces a key if it still has the expected value. */
    @FunctionalInterface
    interface Exchange {
        boolean replace(String name, byte[] before, byte[] wrapped);
    }

    private final MasterKeys masters;
    private final Exchange exchange;
    private final ProgressOutput progress;
    private long keys;
    private long wrapped;

    KeyRewrap(MasterKeys masters, Exchange exchange, ProgressOutput progress) {
        this.masters = masters;
        this.exchange = exchange;
        this.progress = progress;
    }

    /** @throws ToolException where none of the master keys opens it */
    @Override
    public void accept(String name, Optional<byte[]> kept) {
        if (kept.isEmpty()) {
            return;
        }
        progress.at(++keys);
        byte[] before = kept.get();
        WrappingKey master = name.startsWith(OF_SIGNING) ? masters.signing() : masters.customers();
        if (opens(master.first(), name, before)) {
            return;
        }
        // A key that was destroyed meanwhile stays destroyed.
        if (exchange.replace(name, before, rewrap(master, name, before))) {
            wrapped++;
        }
    }

    private static boolean opens(Aead master, String name, byte[] kept) {
        try {
            rewrap(master, master, name, kept);
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static byte[] rewrap(WrappingKey master, String name, byte[] kept) {
        try {
            return rewrap(master, master.first(), name, kept);
        } catch (GeneralSecurityException e) {
            throw new ToolException("The key %s opens with none of the master keys".formatted(name), e);
        }
    }

    /** A key is bound to its name. Those of customers are wrapped as Tink wraps a set of keys. */
    private static byte[] rewrap(Aead from, Aead to, String name, byte[] kept) throws GeneralSecurityException {
        byte[] binding = name.getBytes(StandardCharsets.UTF_8);
        return name.startsWith(OF_CUSTOMERS)
                ? TinkProtoKeysetFormat.serializeEncryptedKeyset(
                        TinkProtoKeysetFormat.parseEncryptedKeyset(kept, from, binding), to, binding)
                : to.encrypt(from.decrypt(kept, binding), binding);
    }

    /** The keys that were examined, without destroyed ones. */
    long keys() {
        return keys;
    }

    /** The keys that another master key had wrapped. */
    long wrapped() {
        return wrapped;
    }
}
