package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.PageRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param items never absent
 * @param nextPageToken null on the last page
 */
public record Page<T>(
        List<T> items, @Schema(types = {"string", "null"}) String nextPageToken) {

    private static final int LARGEST = 100;

    /** A JSON page from a page of the gRPC API, in which an empty token marks the last page. */
    public static <P, T> Page<T> of(List<P> found, Function<P, T> shape, String nextPageToken) {
        return new Page<>(found.stream().map(shape).toList(), nextPageToken.isEmpty() ? null : nextPageToken);
    }

    /** A list in one page. */
    public static <P, T> Page<T> whole(List<P> found, Function<P, T> shape) {
        return of(found, shape, "");
    }

    /**
     * @param size 1 to 100, null for the default
     * @param token null for the first page
     * @throws RefusedException if the size is out of bounds
     */
    public static PageRequest request(Integer size, String token) {
        return request(size, "pageSize", token);
    }

    /** As {@link #request}, of a cursor connection. */
    public static PageRequest first(Integer size, String after) {
        return request(size, "first", after);
    }

    private static PageRequest request(Integer size, String name, String token) {
        PageRequest.Builder page = PageRequest.newBuilder().setToken(token == null ? "" : token);
        if (size != null) {
            if (size < 1 || size > LARGEST) {
                throw RefusedException.invalid(name, "must be from 1 to " + LARGEST);
            }
            page.setSize(size);
        }
        return page.build();
    }
}
