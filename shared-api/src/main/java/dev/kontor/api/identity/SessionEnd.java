package dev.kontor.api.identity;

import dev.kontor.api.platform.DescribedAs;

@DescribedAs("Why a session ended before its time.")
public enum SessionEnd {
    /** Its owner, or an admin, ended it. */
    SIGNED_OUT,
    /** A refresh token was presented that is not the current one: a copy exists. */
    TOKEN_REUSED
}
