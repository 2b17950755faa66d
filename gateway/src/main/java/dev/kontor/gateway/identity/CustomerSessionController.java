package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers/{id}")
@Tag(name = "auth")
class CustomerSessionController {

    private final Sessions sessions;

    CustomerSessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping("/sessions")
    @Operation(
            operationId = "listCustomerSessions",
            summary = "For admins: list a customer's open sessions, the last used first")
    Page<SessionJson> list(
            @PathVariable String id,
            @RequestParam(required = false) Integer pageSize,
            @RequestParam(required = false) String pageToken) {
        return sessions.list(id, Page.request(pageSize, pageToken));
    }

    @DeleteMapping("/sessions/{sessionId}")
    @Operation(operationId = "endCustomerSession", summary = "For admins: end a customer's session")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> end(
            @PathVariable String id,
            @PathVariable String sessionId,
            @RequestHeader(name = "Prefer", required = false) String prefer) {
        return sessions.end(id, sessionId, PreferHeader.of(prefer));
    }

    @DeleteMapping("/sessions")
    @Operation(operationId = "endCustomerSessions", summary = "For admins: end all sessions of a customer")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> endAll(
            @PathVariable String id, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return sessions.endAll(id, PreferHeader.of(prefer));
    }

    @PostMapping("/unlock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "unlockCustomer",
            summary = "For admins: reset a customer's count of wrong passwords",
            description = "No session ends.")
    void unlock(@PathVariable String id) {
        sessions.unlock(id);
    }
}
