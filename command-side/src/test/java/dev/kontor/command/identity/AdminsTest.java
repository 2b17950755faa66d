package dev.kontor.command.identity;

import dev.kontor.api.Refusal;
import dev.kontor.api.identity.AdminsCommand.AppointAdmin;
import dev.kontor.api.identity.AdminsCommand.DismissAdmin;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.identity.AdminsEvent.AdminDismissed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.Scenario;
import org.junit.jupiter.api.Test;

class AdminsTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId BERT = CustomerId.mint();

    private final Scenario<Admins> admins = Scenario.of(Admins.class);

    @Test
    void an_admin_is_appointed_once() {
        admins.when(new AppointAdmin(ANNA)).then(new AdminAppointed(ANNA));
        Scenario.of(Admins.class)
                .given(new AdminAppointed(ANNA))
                .when(new AppointAdmin(ANNA))
                .thenNothing();
    }

    @Test
    void an_admin_is_dismissed_where_another_stays() {
        admins.given(new AdminAppointed(ANNA), new AdminAppointed(BERT))
                .when(new DismissAdmin(ANNA))
                .then(new AdminDismissed(ANNA));
    }

    @Test
    void the_last_one_stays() {
        admins.given(new AdminAppointed(ANNA), new AdminAppointed(BERT), new AdminDismissed(ANNA))
                .when(new DismissAdmin(BERT))
                .thenRefused(new Refusal.LastAdmin());
    }

    @Test
    void an_admin_who_is_not_on_the_list_may_go_if_it_is_not_empty() {
        admins.given(new AdminAppointed(BERT)).when(new DismissAdmin(ANNA)).thenNothing();
    }

    @Test
    void an_admin_who_is_not_on_the_list_stays_if_it_is_empty() {
        admins.when(new DismissAdmin(ANNA)).thenRefused(new Refusal.LastAdmin());
    }

    @Test
    void a_dismissed_admin_can_be_appointed_again() {
        admins.given(new AdminAppointed(ANNA), new AdminAppointed(BERT), new AdminDismissed(ANNA))
                .when(new AppointAdmin(ANNA))
                .then(new AdminAppointed(ANNA));
    }
}
