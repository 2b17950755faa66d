package dev.kontor.audit.customer;

import dev.kontor.audit.AuditProjection;
import dev.kontor.audit.Event;
import dev.kontor.audit.Payload;

/** An account in the view {@code customers}. Sealed data of the event is in the document byte for byte. */
public final class CustomerAuditProjection implements AuditProjection {

    @Override
    public void apply(Event event, Fields document) {
        Payload payload = event.payload();
        switch (event.type()) {
            case "customer.CustomerRegistered" -> {
                name(payload, document);
                document.set("role", payload.text("role"));
                document.set("status", "ACTIVE");
                document.set("registeredAt", event.time().toEpochMilli());
            }
            case "customer.ProfileChanged" -> name(payload, document);
            case "customer.RoleGranted" -> document.set("role", payload.text("role"));
            case "customer.CustomerDeactivated" -> document.set("status", "DEACTIVATED");
            case "customer.CustomerReactivated" -> document.set("status", "ACTIVE");
            case "customer.CustomerErased" -> {
                document.unset("email");
                document.unset("name");
                document.set("status", "ERASED");
            }
            default -> {}
        }
        versions(event, document);
    }

    private static void versions(Event event, Fields document) {
        switch (event.type()) {
            case "customer.CustomerRegistered", "customer.CustomerErased" -> {
                document.set("profileVersion", event.sequence());
                document.set("standingVersion", event.sequence());
            }
            case "customer.ProfileChanged" -> document.set("profileVersion", event.sequence());
            case "customer.RoleGranted", "customer.CustomerDeactivated", "customer.CustomerReactivated" ->
                document.set("standingVersion", event.sequence());
            default -> {}
        }
    }

    private static void name(Payload payload, Fields document) {
        document.set("email", payload.text("email"));
        document.set("name", payload.text("name"));
    }
}
