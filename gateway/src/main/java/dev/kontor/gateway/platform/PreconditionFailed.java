package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** The resource has none of the tags of {@code If-Match}. */
final class PreconditionFailed extends RuntimeException {

    private final transient RefusedException refusal;
    private final transient Optional<String> present;

    /** @param present the tag of the resource */
    PreconditionFailed(RefusedException refusal, Optional<String> present) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
        this.present = present;
    }

    RefusedException refusal() {
        return refusal;
    }

    /** The tag that the resource has now, if it could be read. */
    Optional<String> present() {
        return present;
    }

    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        present.ifPresent(tag -> headers.set(HttpHeaders.ETAG, tag));
        return headers;
    }
}
