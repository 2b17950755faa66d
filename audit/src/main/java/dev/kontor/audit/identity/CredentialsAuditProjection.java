package dev.kontor.audit.identity;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;

/** A customer's current credentials, in the second collection of the view {@code sessions}. */
public final class CredentialsAuditProjection implements AuditProjection {

    /** Whether an event changes the document: most events of credentials do not. */
    public static boolean shows(Event event) {
        return switch (event.type()) {
            case "identity.VerifierSet", "identity.TokensRevoked", "identity.CredentialsClosed" -> true;
            default -> false;
        };
    }

    @Override
    public void apply(Event event, Fields document) {
        if (event.type().equals("identity.CredentialsClosed")) {
            document.set("closed", true);
        } else {
            document.set("proof", event.payload().number("version"));
        }
    }
}
