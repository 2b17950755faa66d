package dev.kontor.query.customer;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static dev.kontor.query.Given.registered;
import static dev.kontor.query.TestSide.problemOf;
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
import dev.kontor.proto.customer.ListCustomersRequest;
import dev.kontor.proto.customer.ListCustomersResponse;
import dev.kontor.query.TestSide;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerTest {

    private final TestSide side = TestSide.get();
    private final PersonalData data = side.personalData();
    private final CustomerId id = CustomerId.mint();
    private final CustomerQueriesBlockingStub self = CustomerQueriesGrpc.newBlockingStub(side.as(id));
    private final CustomerQueriesBlockingStub admin = CustomerQueriesGrpc.newBlockingStub(side.asAdmin());

    @Test
    void anAccountShowsWhatItsEventsMadeOfIt() {
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
                        .setRegisteredAtMillis(
                                Instant.parse("2026-03-02T12:00:00Z").toEpochMilli())
                        .build());
    }

    @Test
    void whatIsPersonalIsNeverInADocumentInClear() {
        side.happened(registered(data, id, "ada@example.com", "Ada Lovelace"));

        assertThat(side.document("customers", id.value()).toJson()).doesNotContain("ada@", "Lovelace");
    }

    @Test
    void anErasedAccountIsNotFoundAndItsDocumentHoldsNothingPersonal() {
        side.happened(registered(data, id, "ada@example.com", "Ada"), new CustomerErased(id));

        assertThat(problemOf(() -> self.getCustomer(GetCustomerRequest.getDefaultInstance())))
                .isEqualTo(Problem.CUSTOMER_NOT_FOUND);
        Document document = side.document("customers", id.value());
        assertThat(document).doesNotContainKeys("email", "name").containsEntry("status", "ERASED");
    }

    @Test
    void aProfileIsForItsOwnerAndAdmins() {
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
    void whatIsNoCustomerIsNotFound() {
        for (String unknown : List.of("no-id", CustomerId.mint().value())) {
            assertThat(problemOf(() -> admin.getCustomer(GetCustomerRequest.newBuilder()
                            .setCustomerId(unknown)
                            .build())))
                    .isEqualTo(Problem.CUSTOMER_NOT_FOUND);
        }
    }

    @Test
    void anAccountThatDoesNotShowInTimeIsAnsweredByNothing() {
        GetCustomerResponse shown = self.getCustomer(GetCustomerRequest.newBuilder()
                .setFreshness(Freshness.newBuilder().setWaitMillis(20))
                .build());

        assertThat(shown.getFresh()).isFalse();
        assertThat(shown.hasCustomer()).isFalse();
    }

    @Test
    void signUpLearnsWithoutATokenWhetherTheAccountShows() {
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
    void anAccountThatWasDeactivatedCanBeActiveAgain() {
        side.happened(registered(data, id, "ada@example.com", "Ada"), new CustomerDeactivated(id));
        assertThat(ownStatus()).isEqualTo("DEACTIVATED");

        side.happened(new CustomerReactivated(id));
        assertThat(ownStatus()).isEqualTo("ACTIVE");
    }

    @Test
    void aNewNameShowsInTheNextReadThoughProfilesAreCached() {
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
    void whoErasesAnAccountLearnsWithoutATokenWhenThatShows() {
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
    void whatMeansManyThingsElsewhereIsAPlainCharacterInASearch(String sign) {
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
    void aSearchFindsPartsOfEmailOrNameAndLeavesOutTheErased() {
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
