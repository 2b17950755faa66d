package dev.kontor.query.customer;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static dev.kontor.query.Given.registered;
import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.CustomerEvent.CustomerReactivated;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.CustomerEvent.RoleGranted;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.customer.GetCustomerRequest;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.customer.GetCustomersRequest;
import dev.kontor.proto.customer.ListCustomersRequest;
import dev.kontor.proto.customer.ListCustomersResponse;
import dev.kontor.query.TestQuerySide;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final PersonalData data = side.personalData();
    private final CustomerId id = CustomerId.mint();
    private final CustomerQueriesBlockingStub self = CustomerQueriesGrpc.newBlockingStub(side.as(id));
    private final CustomerQueriesBlockingStub admin = CustomerQueriesGrpc.newBlockingStub(side.asAdmin());

    @Test
    void an_account_shows_what_its_events_made_of_it() {
        side.at("2026-03-02T12:00:00Z")
                .happened(
                        registered(data, id, "ada@example.com", "Ada"),
                        new ProfileChanged(
                                id,
                                data.seal(id, PersonalData.Field.EMAIL, "ada@example.com"),
                                data.seal(id, PersonalData.Field.NAME, "Ada L.")),
                        new RoleGranted(id, Role.ADMIN),
                        new CustomerDeactivated(id));

        assertThat(self.getCustomer(GetCustomerRequest.getDefaultInstance()).getCustomer())
                .isEqualTo(Customer.newBuilder()
                        .setId(id.value())
                        .setEmail("ada@example.com")
                        .setName("Ada L.")
                        .setRole("ADMIN")
                        .setStatus("DEACTIVATED")
                        .setVersion(3)
                        .setProfileVersion(1)
                        .setStandingVersion(3)
                        .setRegisteredAtMillis(
                                Instant.parse("2026-03-02T12:00:00Z").toEpochMilli())
                        .build());
    }

    @Test
    void what_is_personal_is_never_in_a_document_in_clear() {
        side.happened(registered(data, id, "ada@example.com", "Ada Lovelace"));

        assertThat(side.document("customers", id.value()).toJson()).doesNotContain("ada@", "Lovelace");
    }

    @Test
    void an_erased_account_is_not_found_and_its_document_holds_nothing_personal() {
        side.happened(registered(data, id, "ada@example.com", "Ada"), new CustomerErased(id));

        assertThat(problemOf(() -> self.getCustomer(GetCustomerRequest.getDefaultInstance())))
                .isEqualTo(Problem.CUSTOMER_NOT_FOUND);
        Document document = side.document("customers", id.value());
        assertThat(document).doesNotContainKeys("email", "name").containsEntry("status", "ERASED");
    }

    @Test
    void a_profile_is_for_its_owner_and_admins() {
        side.happened(registered(data, id, "ada@example.com", "Ada"));
        GetCustomerRequest named =
                GetCustomerRequest.newBuilder().setCustomerId(id.value()).build();
        CustomerQueriesBlockingStub stranger = CustomerQueriesGrpc.newBlockingStub(side.as(CustomerId.mint()));

        assertThat(problemOf(() -> stranger.getCustomer(named))).isEqualTo(Problem.FORBIDDEN);
        assertThat(admin.getCustomer(named).getCustomer().getName()).isEqualTo("Ada");
        assertThat(problemOf(() -> stranger.listCustomers(ListCustomersRequest.getDefaultInstance())))
                .isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void an_admin_reads_several_profiles_at_once_without_erased_ones() {
        CustomerId other = CustomerId.mint();
        CustomerId erased = CustomerId.mint();
        side.happened(registered(data, id, "ada@example.com", "Ada"));
        side.happened(registered(data, other, "ben@example.com", "Ben"));
        side.happened(registered(data, erased, "eve@example.com", "Eve"), new CustomerErased(erased));
        GetCustomersRequest request = GetCustomersRequest.newBuilder()
                .addIds(other.value())
                .addIds(erased.value())
                .addIds("no id")
                .addIds(id.value())
                .build();

        assertThat(admin.getCustomers(request).getCustomersList())
                .extracting(Customer::getName)
                .containsExactly("Ben", "Ada");
        assertThat(problemOf(() -> self.getCustomers(request))).isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void what_is_no_customer_is_not_found() {
        for (String unknown : List.of("no-id", CustomerId.mint().value())) {
            assertThat(problemOf(() -> admin.getCustomer(GetCustomerRequest.newBuilder()
                            .setCustomerId(unknown)
                            .build())))
                    .isEqualTo(Problem.CUSTOMER_NOT_FOUND);
        }
    }

    @Test
    void an_account_that_does_not_show_in_time_is_answered_by_nothing() {
        GetCustomerResponse shown = self.getCustomer(GetCustomerRequest.newBuilder()
                .setFreshness(Freshness.newBuilder().setWaitMillis(20))
                .build());

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.hasCustomer()).isFalse();
    }

    @Test
    void sign_up_learns_without_a_token_whether_the_account_shows() {
        CustomerQueriesBlockingStub anonymous = CustomerQueriesGrpc.newBlockingStub(side.anonymous());
        AwaitCustomerRequest request = AwaitCustomerRequest.newBuilder()
                .setCustomerId(id.value())
                .setFreshness(Freshness.newBuilder().setWaitMillis(20))
                .build();

        assertThat(anonymous.awaitCustomer(request).getFresh()).isFalse();
        side.happened(registered(data, id, "ada@example.com", "Ada"));
        assertThat(anonymous.awaitCustomer(request).getFresh()).isTrue();
    }

    @Test
    void an_account_that_was_deactivated_can_be_active_again() {
        side.happened(registered(data, id, "ada@example.com", "Ada"), new CustomerDeactivated(id));
        assertThat(ownStatus()).isEqualTo("DEACTIVATED");

        side.happened(new CustomerReactivated(id));
        assertThat(ownStatus()).isEqualTo("ACTIVE");
    }

    @Test
    void a_new_name_shows_in_the_next_read_though_profiles_are_cached() {
        side.happened(registered(data, id, "ada@example.com", "Ada"));
        GetCustomerRequest own = GetCustomerRequest.getDefaultInstance();
        assertThat(self.getCustomer(own).getCustomer().getName()).isEqualTo("Ada");
        // Written without an event: the answer can only come from the cache.
        side.collection("customers").updateOne(eq("_id", id.value()), set("role", "ADMIN"));
        assertThat(self.getCustomer(own).getCustomer().getRole()).isEqualTo("CUSTOMER");

        side.happened(new ProfileChanged(
                id,
                data.seal(id, PersonalData.Field.EMAIL, "ada@example.com"),
                data.seal(id, PersonalData.Field.NAME, "Ada L.")));

        assertThat(self.getCustomer(own).getCustomer().getName()).isEqualTo("Ada L.");
    }

    @Test
    void an_erasure_is_confirmed_without_a_token_once_it_shows() {
        CustomerQueriesBlockingStub anonymous = CustomerQueriesGrpc.newBlockingStub(side.anonymous());
        AwaitCustomerRequest erased = AwaitCustomerRequest.newBuilder()
                .setCustomerId(id.value())
                .setFreshness(Freshness.newBuilder().setAtLeastVersion(1).setWaitMillis(20))
                .build();
        side.happened(registered(data, id, "ada@example.com", "Ada"));
        assertThat(anonymous.awaitCustomer(erased).getFresh()).isFalse();

        side.happened(new CustomerErased(id));
        data.destroy(id);

        assertThat(anonymous.awaitCustomer(erased).getFresh()).isTrue();
        assertThat(problemOf(() -> self.getCustomer(GetCustomerRequest.getDefaultInstance())))
                .isEqualTo(Problem.CUSTOMER_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", ".*", "^", "[a-z]", "\\", "(", "+"})
    void what_means_many_things_elsewhere_is_a_plain_character_in_a_search(String sign) {
        String mark = id.value().substring(24);
        CustomerId plain = CustomerId.mint();
        side.happened(
                registered(data, id, "x@example.com", mark + sign + mark),
                registered(data, plain, "y@example.com", mark + "aa" + mark));

        assertThat(admin.listCustomers(ListCustomersRequest.newBuilder()
                                .setSearch(mark + sign + mark)
                                .build())
                        .getCustomersList())
                .extracting(Customer::getId)
                .containsExactly(id.value());
    }

    private String ownStatus() {
        return self.getCustomer(GetCustomerRequest.getDefaultInstance())
                .getCustomer()
                .getStatus();
    }

    @Test
    void a_search_finds_parts_of_email_or_name_and_leaves_out_the_erased() {
        String mark = id.value().substring(24);
        List<CustomerId> ids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            CustomerId one = CustomerId.mint();
            ids.add(one);
            side.write(registered(
                    data,
                    one,
                    number % 2 == 0 ? mark + "@example.com" : "x@example.com",
                    "Name " + mark.toUpperCase(Locale.ROOT)));
        }
        side.happened(new CustomerErased(ids.get(4)));

        List<String> paged = new ArrayList<>();
        String token = "";
        do {
            ListCustomersResponse page = admin.listCustomers(ListCustomersRequest.newBuilder()
                    .setSearch(mark)
                    .setPage(PageRequest.newBuilder().setSize(2).setToken(token))
                    .build());
            page.getCustomersList().forEach(customer -> paged.add(customer.getId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(paged)
                .containsExactlyElementsOf(
                        ids.subList(0, 4).stream().map(CustomerId::value).toList());
    }
}
