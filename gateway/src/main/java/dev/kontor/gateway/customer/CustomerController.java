package dev.kontor.gateway.customer;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
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
@Tag(name = "customers")
class CustomerController {

    private final Customers customers;

    CustomerController(Customers customers) {
        this.customers = customers;
    }

    @GetMapping
    @Operation(operationId = "listCustomers", summary = "For admins: find customers by a part of name or e-mail")
    Page<CustomerJson> find(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        return customers.find(search, Page.request(pageSize, pageToken));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getCustomer", summary = "For admins: read a customer")
    CustomerJson one(@PathVariable String id) {
        return customers.read(id);
    }

    @PatchMapping("/{id}")
    @Operation(
            operationId = "changeCustomer",
            summary = "For admins: change a customer's name or e-mail, or deactivate or reactivate the account",
            description = "`status` is sent alone. Products of a deactivated customer stay delisted when reactivated.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> change(
            @PathVariable String id,
            @RequestBody CustomerChange change,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        IfMatch condition = IfMatch.of(ifMatch);
        PreferHeader preference = PreferHeader.of(prefer);
        if (!change.isOfStatus()) {
            return customers.change(id, change.profile(), condition, preference);
        }
        return change.isToBeActive()
                ? customers.reactivate(id, condition, preference)
                : customers.deactivate(id, condition, preference);
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "eraseCustomer", summary = "For admins: erase a customer irreversibly")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> erase(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return customers.erase(id, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @PutMapping("/{id}/role")
    @Operation(
            operationId = "grantRole",
            summary = "For admins: give a customer a role",
            description =
                    "Ends all sessions of the customer. Admins who change their own role get 202 without the profile.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> grant(
            @PathVariable String id,
            @RequestBody RoleGrant grant,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return customers.grant(id, grant, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }
}
