package dev.kontor.gateway.customer;

import dev.kontor.gateway.identity.RevocationWait;
import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.ChangeProfileRequest;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerCommandsGrpc.CustomerCommandsBlockingStub;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.customer.DeactivateCustomerRequest;
import dev.kontor.proto.customer.EraseCustomerRequest;
import dev.kontor.proto.customer.GetCustomerRequest;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.customer.GetCustomersRequest;
import dev.kontor.proto.customer.GrantRoleRequest;
import dev.kontor.proto.customer.ListCustomersRequest;
import dev.kontor.proto.customer.ListCustomersResponse;
import dev.kontor.proto.customer.ReactivateCustomerRequest;
import io.grpc.Channel;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The operations on the caller's account and, for admins, on every account. An empty id stands for the caller. */
@Component
class Customers {

    private final CustomerCommandsBlockingStub commands;
    private final CustomerQueriesBlockingStub queries;
    private final RevocationWait revoking;

    Customers(@CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide, RevocationWait revoking) {
        this.commands = CustomerCommandsGrpc.newBlockingStub(commandSide);
        this.queries = CustomerQueriesGrpc.newBlockingStub(querySide);
        this.revoking = revoking;
    }

    CustomerJson read(String id) {
        return CustomerJson.of(queries.getCustomer(
                        GetCustomerRequest.newBuilder().setCustomerId(id).build())
                .getCustomer());
    }

    Page<CustomerJson> find(String search, PageRequest page) {
        ListCustomersResponse found = queries.listCustomers(ListCustomersRequest.newBuilder()
                .setSearch(search)
                .setPage(page)
                .build());
        return Page.of(found.getCustomersList(), CustomerJson::of, found.getNextPageToken());
    }

    /** For admins; without those that do not exist. @param ids at most 100 */
    Map<String, CustomerJson> byId(Collection<String> ids) {
        return queries
                .getCustomers(GetCustomersRequest.newBuilder().addAllIds(ids).build())
                .getCustomersList()
                .stream()
                .map(CustomerJson::of)
                .collect(Collectors.toMap(CustomerJson::id, Function.identity()));
    }

    ResponseEntity<Object> change(String id, ProfileChange change, IfMatch condition, PreferHeader preference) {
        ChangeProfileRequest.Builder request = change.toProto(id).toBuilder();
        condition.require(CustomerJson.PROFILE, request::setPrecondition);
        Written written = condition.send(() -> commands.changeProfile(request.build()), now -> present(id, now));
        return shown(written, location(id), preference);
    }

    ResponseEntity<Object> reactivate(String id, IfMatch condition, PreferHeader preference) {
        ReactivateCustomerRequest.Builder request =
                ReactivateCustomerRequest.newBuilder().setCustomerId(id);
        condition.require(CustomerJson.STANDING, request::setPrecondition);
        return changed(
                condition.send(() -> commands.reactivateCustomer(request.build()), now -> present(id, now)),
                preference);
    }

    ResponseEntity<Object> deactivate(String id, IfMatch condition, PreferHeader preference) {
        DeactivateCustomerRequest.Builder request =
                DeactivateCustomerRequest.newBuilder().setCustomerId(id);
        condition.require(CustomerJson.STANDING, request::setPrecondition);
        return changed(
                condition.send(() -> commands.deactivateCustomer(request.build()), now -> present(id, now)),
                preference);
    }

    ResponseEntity<Object> grant(String id, RoleGrant grant, IfMatch condition, PreferHeader preference) {
        GrantRoleRequest.Builder request = grant.toProto(id).toBuilder();
        condition.require(CustomerJson.STANDING, request::setPrecondition);
        return changed(condition.send(() -> commands.grantRole(request.build()), now -> present(id, now)), preference);
    }

    ResponseEntity<Object> erase(String id, IfMatch condition, PreferHeader preference) {
        EraseCustomerRequest.Builder request = EraseCustomerRequest.newBuilder().setCustomerId(id);
        condition.require(CustomerJson.WHOLE, request::setPrecondition);
        AccountChanged erased = condition.send(() -> commands.eraseCustomer(request.build()), now -> present(id, now));
        return revoking.isShown(erased, preference)
                ? ResponseEntity.noContent().build()
                : Accepted.at(location(id), erased.getWritten());
    }

    private Optional<CustomerJson> present(String id, Freshness now) {
        GetCustomerResponse read = queries.getCustomer(GetCustomerRequest.newBuilder()
                .setCustomerId(id)
                .setFreshness(now)
                .build());
        return read.getFresh() ? Optional.of(CustomerJson.of(read.getCustomer())) : Optional.empty();
    }

    /** Callers who change their own account have no valid token any more to read it with, so they get 202. */
    private ResponseEntity<Object> changed(AccountChanged changed, PreferHeader preference) {
        Written written = changed.getWritten();
        if (written.getId().equals(Caller.required().customerId())) {
            revoking.isShown(changed, preference);
            return Accepted.at(location(written.getId()), written);
        }
        revoking.awaitAtSides(changed.getRevoked());
        return shown(written, location(written.getId()), preference);
    }

    private ResponseEntity<Object> shown(Written written, String location, PreferHeader preference) {
        GetCustomerRequest justWritten = GetCustomerRequest.newBuilder()
                .setCustomerId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                .build();
        return WrittenVersion.await(preference, () -> queries.getCustomer(justWritten), GetCustomerResponse::getFresh)
                .<ResponseEntity<Object>>map(read -> ResponseEntity.ok(CustomerJson.of(read.getCustomer())))
                .orElseGet(() -> Accepted.at(location, written));
    }

    private static String location(String id) {
        return "/api/v1/customers/" + (id.isEmpty() ? "me" : id);
    }
}
