package dev.kontor.command.identity;

import dev.kontor.api.Refusal;
import dev.kontor.api.identity.EmailCommand.ClaimEmail;
import dev.kontor.api.identity.EmailCommand.FindEmailOwner;
import dev.kontor.api.identity.EmailCommand.ReleaseEmail;
import dev.kontor.api.identity.EmailEvent.EmailClaimed;
import dev.kontor.api.identity.EmailEvent.EmailReleased;
import dev.kontor.api.identity.EmailKey;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Scenario;
import org.junit.jupiter.api.Test;

class EmailClaimTest {

    private static final EmailKey EMAIL = new EmailKey("anna-hash");
    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();
    private static final EmailClaimed CLAIMED = new EmailClaimed(EMAIL, ANNA);
    private static final EmailReleased RELEASED = new EmailReleased(EMAIL, ANNA);

    private final Scenario<EmailClaim> email = Scenario.of(EmailClaim.class);

    @Test
    void a_free_email_is_claimed() {
        email.when(new ClaimEmail(EMAIL, ANNA)).then(CLAIMED);
    }

    @Test
    void a_claimed_email_is_refused_to_other_customers() {
        email.given(CLAIMED).when(new ClaimEmail(EMAIL, BERT)).thenRefused(new Refusal.EmailTaken());
    }

    @Test
    void its_owner_may_claim_it_again() {
        email.given(CLAIMED).when(new ClaimEmail(EMAIL, ANNA)).thenNothing();
    }

    @Test
    void its_owner_releases_it_once() {
        email.given(CLAIMED).when(new ReleaseEmail(EMAIL, ANNA)).then(RELEASED);
        Scenario.of(EmailClaim.class)
                .given(CLAIMED, RELEASED)
                .when(new ReleaseEmail(EMAIL, ANNA))
                .thenNothing();
    }

    @Test
    void no_other_customer_releases_it() {
        email.given(CLAIMED).when(new ReleaseEmail(EMAIL, BERT)).thenNothing();
    }

    @Test
    void a_released_email_is_free_again() {
        email.given(CLAIMED, RELEASED).when(new ClaimEmail(EMAIL, BERT)).then(new EmailClaimed(EMAIL, BERT));
    }

    @Test
    void its_owner_is_found() {
        email.given(CLAIMED).when(new FindEmailOwner(EMAIL)).thenNothing().answering(ANNA);
    }

    @Test
    void a_released_email_has_no_owner() {
        email.given(CLAIMED, RELEASED)
                .when(new FindEmailOwner(EMAIL))
                .thenNothing()
                .answering(null);
    }

    @Test
    void an_email_that_was_never_claimed_is_unknown() {
        email.when(new FindEmailOwner(EMAIL)).thenUnknown();
    }
}
