package dev.kontor.api.identity;

import dev.kontor.api.platform.DescribedAs;

/** Why a session ended before its time. */
@DescribedAs("Why a session ended before its time.")
public enum SessionEnd {
    /** Its owner, or an admin, ended it. */
    SIGNED_OUT,
    /** A refresh token came that was not the last one given out: somebody has a copy. */
    TOKEN_REUSED
}
