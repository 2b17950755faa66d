package dev.kontor.api.identity;

import dev.kontor.api.platform.DescribedAs;

@DescribedAs("Why all tokens of a customer were revoked at once.")
public enum RevokedBecause {
    SIGNED_OUT_EVERYWHERE,
    ROLE_CHANGED,
    DEACTIVATED
}
