package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Accepted;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers/me/sessions")
@Tag(name = "auth")
class SessionController {

    private final Sessions sessions;

    SessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping
    @Operation(operationId = "listOwnSessions", summary = "List one's own open sessions, the last used first")
    Page<SessionJson> list(
            @RequestParam(required = false) Integer pageSize, @RequestParam(required = false) String pageToken) {
        return sessions.list("", Page.request(pageSize, pageToken));
    }

    @DeleteMapping("/{sessionId}")
    @Operation(operationId = "endOwnSession", summary = "End one of one's own sessions")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> end(
            @PathVariable String sessionId, @RequestHeader(name = "Prefer", required = false) String prefer) {
        return sessions.end("", sessionId, PreferHeader.of(prefer));
    }

    @DeleteMapping
    @Operation(operationId = "endOwnSessions", summary = "End all of one's own sessions, including the caller's")
    @ApiResponse(responseCode = "204", content = @Content)
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Accepted.class)))
    ResponseEntity<Object> endAll(@RequestHeader(name = "Prefer", required = false) String prefer) {
        return sessions.endAll("", PreferHeader.of(prefer));
    }
}
