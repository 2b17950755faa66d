package dev.kontor.gateway.customer;

import dev.kontor.gateway.operations.Accepted;
import dev.kontor.gateway.operations.CommandSide;
import dev.kontor.gateway.operations.Page;
import dev.kontor.gateway.operations.Preference;
import dev.kontor.gateway.operations.QuerySide;
import dev.kontor.gateway.operations.Visibility;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerCommandsGrpc.CustomerCommandsBlockingStub;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.customer.GetCustomerRequest;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.customer.ListCustomersRequest;
import dev.kontor.proto.customer.ListCustomersResponse;
import io.grpc.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "customers", description = "Profiles and roles")
class CustomerController {

    private final CustomerCommandsBlockingStub commands;
    private final CustomerQueriesBlockingStub queries;

    CustomerController(@CommandSide Channel commandSide, @QuerySide Channel querySide) {
        this.commands = CustomerCommandsGrpc.newBlockingStub(commandSide);
        this.queries = CustomerQueriesGrpc.newBlockingStub(querySide);
    }

    @GetMapping("/me")
    @Operation(summary = "One's own profile")
    CustomerJson self() {
        return CustomerJson.of(
                queries.getCustomer(GetCustomerRequest.getDefaultInstance()).getCustomer());
    }

    @PatchMapping("/me")
    @Operation(summary = "Change one's own profile")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> changeSelf(
            @RequestBody ProfileChange change, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return shown(commands.changeProfile(change.toProto()), "/api/v1/customers/me", Preference.of(prefer));
    }

    @GetMapping
    @Operation(summary = "For admins: find customers by a part of name or e-mail")
    Page<CustomerJson> find(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        ListCustomersResponse found = queries.listCustomers(ListCustomersRequest.newBuilder()
                .setSearch(search)
                .setPage(Page.request(pageSize, pageToken))
                .build());
        return Page.of(found.getCustomersList(), CustomerJson::of, found.getNextPageToken());
    }

    @GetMapping("/{id}")
    @Operation(summary = "For admins: a customer")
    CustomerJson one(@PathVariable String id) {
        return CustomerJson.of(queries.getCustomer(
                        GetCustomerRequest.newBuilder().setCustomerId(id).build())
                .getCustomer());
    }

    @PutMapping("/{id}/role")
    @Operation(summary = "For admins: give a customer a role")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> grant(
            @PathVariable String id,
            @RequestBody RoleGrant grant,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        Written written = commands.grantRole(grant.toProto(id)).getWritten();
        return shown(written, "/api/v1/customers/" + written.getId(), Preference.of(prefer));
    }

    private ResponseEntity<Object> shown(Written written, String location, Preference preference) {
        GetCustomerRequest justWritten = GetCustomerRequest.newBuilder()
                .setCustomerId(written.getId())
                .setFreshness(Visibility.of(written))
                .build();
        return Visibility.await(preference, () -> queries.getCustomer(justWritten), GetCustomerResponse::getFresh)
                .<ResponseEntity<Object>>map(read -> ResponseEntity.ok(CustomerJson.of(read.getCustomer())))
                .orElseGet(() -> Accepted.at(location, written));
    }
}
