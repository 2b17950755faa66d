package dev.kontor.query.customer;

import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesImplBase;
import dev.kontor.proto.customer.GetCustomerRequest;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.customer.GetCustomersRequest;
import dev.kontor.proto.customer.GetCustomersResponse;
import dev.kontor.proto.customer.ListCustomersRequest;
import dev.kontor.proto.customer.ListCustomersResponse;
import dev.kontor.query.Paging;
import dev.kontor.query.SearchSettings;
import dev.kontor.query.customer.CustomerQuery.FindCustomer;
import dev.kontor.query.customer.CustomerQuery.FindCustomers;
import dev.kontor.query.customer.CustomerQuery.ListCustomers;
import dev.kontor.query.customer.CustomerQuery.Page;
import dev.kontor.query.customer.CustomerQuery.Shown;
import dev.kontor.query.platform.Waits;
import dev.kontor.text.Text;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CustomerQueryService extends CustomerQueriesImplBase {

    private final CustomerReader reader;

    CustomerQueryService(CustomerReader reader) {
        this.reader = reader;
    }

    @Override
    public void getCustomer(GetCustomerRequest request, StreamObserver<GetCustomerResponse> answer) {
        CustomerId id = id(Caller.required().orNamed(request.getCustomerId()));
        Shown shown = reader.handle(new FindCustomer(id, Waits.asked(request.hasFreshness(), request.getFreshness())));
        GetCustomerResponse.Builder response = GetCustomerResponse.newBuilder().setFresh(shown.fresh());
        if (shown.customer() != null && shown.customer().status() != CustomerStatus.ERASED) {
            response.setCustomer(proto(shown.customer()));
        } else if (shown.fresh()) {
            throw notFound();
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void awaitCustomer(AwaitCustomerRequest request, StreamObserver<AwaitCustomerResponse> answer) {
        Shown shown = reader.handle(new FindCustomer(
                id(request.getCustomerId()), Waits.asked(request.hasFreshness(), request.getFreshness())));
        answer.onNext(AwaitCustomerResponse.newBuilder()
                .setFresh(shown.customer() != null && shown.fresh())
                .build());
        answer.onCompleted();
    }

    @Override
    public void getCustomers(GetCustomersRequest request, StreamObserver<GetCustomersResponse> answer) {
        List<CustomerId> ids = Paging.ids(request.getIdsList(), CustomerId::new);
        GetCustomersResponse.Builder response = GetCustomersResponse.newBuilder();
        reader.handle(new FindCustomers(ids)).forEach(customer -> response.addCustomers(proto(customer)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void listCustomers(ListCustomersRequest request, StreamObserver<ListCustomersResponse> answer) {
        Violations violations = new Violations();
        String search =
                violations.at("search", () -> Text.searched(request.getSearch(), SearchSettings.LONGEST_SEARCH));
        violations.refuseIfAny();
        Paging paging = new Paging("customers", search);
        Page page = reader.handle(
                new ListCustomers(search, Paging.size(request.getPage()), paging.after(request.getPage())));
        ListCustomersResponse.Builder response =
                ListCustomersResponse.newBuilder().setNextPageToken(paging.token(page.next()));
        page.customers().forEach(customer -> response.addCustomers(proto(customer)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    private static CustomerId id(String text) {
        try {
            return new CustomerId(text);
        } catch (IllegalArgumentException invalidId) {
            throw notFound();
        }
    }

    private static RefusedException notFound() {
        return new RefusedException(Problem.CUSTOMER_NOT_FOUND, Problem.CUSTOMER_NOT_FOUND.title());
    }

    private static Customer proto(CustomerView customer) {
        return Customer.newBuilder()
                .setId(customer.id().value())
                .setEmail(customer.email())
                .setName(customer.name())
                .setRole(customer.role().name())
                .setStatus(customer.status().name())
                .setVersion(customer.version())
                .setProfileVersion(customer.profileVersion())
                .setStandingVersion(customer.standingVersion())
                .setRegisteredAtMillis(customer.registeredAt().toEpochMilli())
                .build();
    }
}
