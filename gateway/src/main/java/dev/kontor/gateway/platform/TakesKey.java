package dev.kontor.gateway.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How an operation uses an {@code Idempotency-Key}. A POST without it takes a key, scoped to the caller. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TakesKey {

    Use value();

    enum Use {
        /** The effect is a command, which is recorded together with the key. */
        WITH_COMMAND,
        /** As {@link #WITH_COMMAND}, scoped to the member {@code email} of the body. */
        WITH_COMMAND_BY_EMAIL,
        /** The effect has no event, so the key is claimed before it begins. Every answer is final, also 202. */
        CLAIMED,
        /** A key is refused: the operation changes nothing, or its answer is a secret. */
        NEVER
    }
}
