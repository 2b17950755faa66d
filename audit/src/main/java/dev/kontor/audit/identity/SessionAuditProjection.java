package dev.kontor.audit.identity;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Payload;

/** A session in the view {@code sessions}. A revoked one has no device. */
public final class SessionAuditProjection implements AuditProjection {

    @Override
    public void apply(Event event, Fields document) {
        Payload payload = event.payload();
        switch (event.type()) {
            case "identity.SessionOpened" -> {
                document.set("customerId", payload.text("customerId"));
                document.set("proof", payload.number("version"));
                document.set("openedAt", event.time().toEpochMilli());
                document.set("device", payload.text("device"));
                document.set("open", true);
                used(event, document);
            }
            case "identity.SessionRefreshed" -> used(event, document);
            case "identity.SessionRevoked" -> {
                document.unset("device");
                document.set("open", false);
            }
            default -> {}
        }
    }

    private static void used(Event event, Fields document) {
        document.set("usedAt", event.time().toEpochMilli());
        document.set("expiresAt", event.payload().moment("expiresAt").toEpochMilli());
    }
}
