package dev.kontor.audit.platform;

import static dev.kontor.audit.platform.ShopEvents.ANNA;
import static dev.kontor.audit.platform.ShopEvents.BERT;
import static dev.kontor.audit.platform.ShopEvents.id;

/** The part of {@link ShopEvents} in which customers sign up, sign in, and are erased. */
final class ShopAccounts {

    /** Anna's; refreshed, and void since her role changed. */
    static final String DESKTOP = id("51");
    /** Anna's; revoked. */
    static final String PHONE = id("52");
    /** Anna's; open. */
    static final String TABLET = id("53");

    static final String NEXT_MONTH = "2026-03-31T12:00:00Z";
    static final String LATER = "2026-03-31T12:30:00Z";

    private final EventHistory story;

    ShopAccounts(EventHistory story) {
        this.story = story;
    }

    void come() {
        key("SigningKeyAdded", "k1", ",\"publicKey\":\"AA==\",\"activeFrom\":\"2026-03-01T12:00:00Z\"");
        signUp(ANNA, "CUSTOMER");
        signUp(BERT, "ADMIN");
        admins("AdminAppointed", BERT);
        signIn(ANNA, 1, DESKTOP);
        credentials("SignInFailed", ANNA, "\"failures\":1");
        credentials("VerifierUpgraded", ANNA, "\"verifier\":\"sealed\",\"version\":1");
        session("SessionRefreshed", ANNA, DESKTOP, "\"refreshHash\":\"next\",\"expiresAt\":\"%s\"".formatted(LATER));
        signIn(ANNA, 1, PHONE);
        session("SessionRevoked", ANNA, PHONE, "\"reason\":\"SIGNED_OUT\"");
        email("EmailClaimed", "new-0a", ANNA);
        email("EmailReleased", "0a", ANNA);
        customer("ProfileChanged", ANNA, "\"email\":\"sealed-0a\",\"name\":\"sealed-other\"");
        customer("RoleGranted", ANNA, "\"role\":\"ADMIN\"");
        revoke(ANNA, 2, "ROLE_CHANGED");
        admins("AdminAppointed", ANNA);
        signIn(ANNA, 2, TABLET);
        key("SigningKeyAdded", "k2", ",\"publicKey\":\"AA==\",\"activeFrom\":\"2026-03-01T12:00:00Z\"");
        key("SigningKeyRevoked", "k1", "");
    }

    /** Bert, who is erased. */
    void go() {
        customer("CustomerDeactivated", BERT, "\"x\":1");
        revoke(BERT, 2, "DEACTIVATED");
        admins("AdminDismissed", BERT);
        customer("CustomerReactivated", BERT, "\"x\":1");
        credentials("CredentialsReopened", BERT, "\"x\":1");
        credentials("CredentialsUnlocked", BERT, "\"x\":1");
        admins("AdminAppointed", BERT);
        credentials("SignInSucceeded", BERT, "\"verifierVersion\":2");
        customer("CustomerDeactivated", BERT, "\"x\":2");
        revoke(BERT, 3, "DEACTIVATED");
        admins("AdminDismissed", BERT);
        email("EmailReleased", "0b", BERT);
        customer("CustomerErased", BERT, "\"x\":1");
        credentials("CredentialsClosed", BERT, "\"x\":1");
    }

    private void signUp(String customer, String role) {
        String end = customer.substring(34);
        email("EmailClaimed", end, customer);
        credentials("VerifierSet", customer, "\"verifier\":\"sealed\",\"version\":1");
        customer(
                "CustomerRegistered",
                customer,
                "\"email\":\"sealed-%s\",\"name\":\"sealed-name\",\"role\":\"%s\"".formatted(end, role));
    }

    private void signIn(String customer, long version, String session) {
        credentials("SignInSucceeded", customer, "\"verifierVersion\":" + version);
        session(
                "SessionOpened",
                customer,
                session,
                "\"version\":%d,\"refreshHash\":\"hash\",\"expiresAt\":\"%s\",\"device\":\"sealed-%s\""
                        .formatted(version, NEXT_MONTH, session.substring(34)));
    }

    private void revoke(String customer, long version, String reason) {
        credentials("TokensRevoked", customer, "\"version\":%d,\"reason\":\"%s\"".formatted(version, reason));
    }

    private void email(String type, String key, String customer) {
        story.tell(
                "EmailClaim",
                "email-" + key,
                "identity." + type,
                "{\"emailKey\":\"%s\",\"customerId\":\"%s\"}".formatted(key, customer));
    }

    private void credentials(String type, String customer, String fields) {
        story.tell(
                "Credentials",
                "credentials-" + customer,
                "identity." + type,
                "{\"customerId\":\"%s\",%s}".formatted(customer, fields));
    }

    private void customer(String type, String customer, String fields) {
        story.tell("Customer", customer, "customer." + type, "{\"customerId\":\"%s\",%s}".formatted(customer, fields));
    }

    private void session(String type, String customer, String session, String fields) {
        story.tell(
                "Session",
                session,
                "identity." + type,
                "{\"sessionId\":\"%s\",\"customerId\":\"%s\",%s}".formatted(session, customer, fields));
    }

    private void admins(String type, String customer) {
        story.tell("Admins", "admins", "identity." + type, "{\"customerId\":\"%s\"}".formatted(customer));
    }

    private void key(String type, String kid, String fields) {
        story.tell("SigningKeys", "signing-keys", "identity." + type, "{\"kid\":\"%s\"%s}".formatted(kid, fields));
    }
}
