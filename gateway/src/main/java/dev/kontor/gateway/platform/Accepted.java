package dev.kontor.gateway.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.proto.Written;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The answer to a write that is durable but not visible yet.
 *
 * @param id of the written resource
 * @param version in which the write will be visible; absent if not known yet
 */
public record Accepted(
        String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long version) {

    /** 202 with a {@code Location}. */
    public static ResponseEntity<Object> at(String location, Written written) {
        return at(location, new Accepted(written.getId(), written.getVersion()));
    }

    /** 202 with a {@code Location}, and the present state as its body. */
    public static ResponseEntity<Object> at(String location, Object body) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, location)
                .body(body);
    }
}
