package dev.kontor.gateway.customer;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.IfMatch;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers/me")
@Tag(name = "customers", description = "Profiles and roles")
class SelfController {

    private static final String SELF = "";

    private final Customers customers;

    SelfController(Customers customers) {
        this.customers = customers;
    }

    @GetMapping
    @Operation(operationId = "getOwnProfile", summary = "Read one's own profile")
    CustomerJson read() {
        return customers.read(SELF);
    }

    @PatchMapping
    @Operation(operationId = "changeOwnProfile", summary = "Change one's own name, e-mail or both")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> change(
            @RequestBody ProfileChange change,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return customers.change(SELF, change, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }

    @DeleteMapping
    @Operation(
            operationId = "eraseOwnAccount",
            summary = "Erase one's own account irreversibly",
            description = "Frees the e-mail, ends all sessions, delists one's products. Orders stay, without a name.")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> erase(
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return customers.erase(SELF, IfMatch.of(ifMatch), PreferHeader.of(prefer));
    }
}
