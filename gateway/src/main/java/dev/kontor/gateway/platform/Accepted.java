package dev.kontor.gateway.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kontor.proto.Written;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What is said of a write that is durable but not to be seen yet.
 *
 * @param id what was written
 * @param version the version in which it will show, absent where it is not known yet
 */
public record Accepted(
        String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long version) {

    /** 202, with the place to look at. */
    public static ResponseEntity<Object> at(String location, Written written) {
        return at(location, new Accepted(written.getId(), written.getVersion()));
    }

    /** 202, with the place to look at and something that says what is known now. */
    public static ResponseEntity<Object> at(String location, Object body) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, location)
                .body(body);
    }
}
