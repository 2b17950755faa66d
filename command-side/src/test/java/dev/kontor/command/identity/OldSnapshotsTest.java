package dev.kontor.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.CustomerCommand.ReadProfile;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.Profile;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsCommand.ReadVerifier;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.CredentialsId;
import dev.kontor.api.identity.PasswordHash;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.StoredBefore;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

/** Snapshots from before accounts could be deactivated or change their e-mail lack fields, and are ignored. */
class OldSnapshotsTest extends WithLoggedAccounts {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final Sealed SEALED = new Sealed("c2VhbGVk");
    private static final Sealed OTHER = new Sealed("b3RoZXI=");

    private void leaveSnapshot(String type, String revision, Object id, String json) {
        LoggedAggregates.engine(
                        accounts.aggregates().store(),
                        new StoredBefore("%s.%s".formatted(roomOf(type), type), revision))
                .storeSnapshot(new GenericDomainEventMessage<>(type, id.toString(), 1, new StoredBefore.Json(json)));
    }

    private static String roomOf(String type) {
        return type.equals("Customer") ? "customer" : "identity";
    }

    private void leaveCredentials(String revision) {
        accounts.given(new VerifierSet(ANNA, SEALED, 1), new TokensRevoked(ANNA, 2, RevokedBecause.DEACTIVATED));
        leaveSnapshot("Credentials", revision, new CredentialsId(ANNA), """
                {"customerId": "%s", "verifier": "b3RoZXI=", "version": 7, "unlocks": 0,
                 "suspended": false, "closed": false}""".formatted(ANNA));
    }

    @Test
    void credentials_are_read_from_their_events() {
        leaveCredentials("2");

        assertThat(accounts.<PasswordHash>send(new ReadVerifier(ANNA)))
                .isEqualTo(new PasswordHash(SEALED, 2, false, 0));
    }

    /** Otherwise the test above would prove nothing. */
    @Test
    void a_snapshot_of_the_present_revision_is_used() {
        leaveCredentials("3");

        assertThat(accounts.<PasswordHash>send(new ReadVerifier(ANNA))).isEqualTo(new PasswordHash(OTHER, 7, true, 0));
    }

    @Test
    void a_customer_is_read_from_the_events() {
        accounts.given(
                new CustomerRegistered(ANNA, SEALED, SEALED, Role.CUSTOMER), new ProfileChanged(ANNA, SEALED, OTHER));
        leaveSnapshot("Customer", "1", ANNA, """
                {"id": "%s", "email": "c2VhbGVk", "role": "ADMIN", "status": "DEACTIVATED"}""".formatted(ANNA));

        assertThat(accounts.<Profile>send(new ReadProfile(ANNA)))
                .isEqualTo(new Profile(SEALED, OTHER, CustomerStatus.ACTIVE, 1));
    }
}
