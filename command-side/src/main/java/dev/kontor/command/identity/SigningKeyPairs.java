package dev.kontor.command.identity;

import java.security.KeyPair;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Generates the pairs of signing keys. That of a first start is generated beside the rest of the start. Thread-safe. */
public final class SigningKeyPairs {

    private final AtomicReference<CompletableFuture<KeyPair>> ahead = new AtomicReference<>();

    /** Begins to generate the next pair on a thread of its own. It is in memory only. */
    public void begin() {
        CompletableFuture<KeyPair> pair = new CompletableFuture<>();
        if (ahead.compareAndSet(null, pair)) {
            pair.completeAsync(
                    RsaKeys::generate,
                    work -> Thread.ofPlatform().name("signing-key").daemon().start(work));
        }
    }

    /** Returns each pair once. */
    KeyPair next() {
        CompletableFuture<KeyPair> begun = ahead.getAndSet(null);
        return begun == null ? RsaKeys.generate() : begun.join();
    }
}
