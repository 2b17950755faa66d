package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Freshness;
import dev.kontor.proto.Precondition;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code If-Match} header of a change (RFC 9110): the tags of which the resource must have one. Only the version of
 * the part that the change concerns is compared, by the aggregate, together with the change.
 */
public final class IfMatch {

    static final int MOST_TAGS = 20;

    /** Without a condition. */
    public static final IfMatch NONE = new IfMatch(false, List.of());

    /** One entity tag, and the comma or the end behind it. */
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t]*(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")[ \\t]*(,|$)");

    private static final String ANY = "*";

    private final boolean isConditional;
    private final List<List<Long>> versions;

    private IfMatch(boolean isConditional, List<List<Long>> versions) {
        this.isConditional = isConditional;
        this.versions = versions;
    }

    /**
     * @param header several headers joined by commas; null without the header. {@code *} requires that the resource
     *     exists, which every change does anyway.
     * @throws RefusedException if it is malformed, has a weak tag or too many
     */
    public static IfMatch of(String header) {
        return of(header, "If-Match");
    }

    /** As {@link #of}, from the argument of a mutation in GraphQL; null without it. */
    public static IfMatch ofArgument(String value) {
        return of(value, "ifMatch");
    }

    private static IfMatch of(String value, String name) {
        if (value == null || value.strip().equals(ANY)) {
            return NONE;
        }
        List<List<Long>> versions = new ArrayList<>();
        Matcher tags = TAG.matcher(value);
        boolean isEnd = false;
        for (int count = 1; !isEnd; count++) {
            if (!tags.find()) {
                throw RefusedException.invalid(name, "must be * or a list of entity tags, each in double quotes");
            }
            if (tags.group(1) != null) {
                throw RefusedException.invalid(name, "must not have a weak tag: W/ is for reads only");
            }
            if (count > MOST_TAGS) {
                throw RefusedException.invalid(name, "must have at most %d tags".formatted(MOST_TAGS));
            }
            EntityTag.versionsOf(tags.group(2)).ifPresent(versions::add);
            isEnd = tags.group(3).isEmpty();
        }
        return new IfMatch(true, versions);
    }

    /** Passes the precondition of the part to the request, if there is one. */
    public void require(ResourcePart part, Consumer<Precondition> request) {
        if (isConditional) {
            Precondition.Builder precondition = Precondition.newBuilder();
            versions.stream()
                    .filter(tag -> tag.size() == part.of())
                    .forEach(tag -> precondition.addVersions(part.version(tag)));
            request.accept(precondition.build());
        }
    }

    /**
     * Sends the change.
     *
     * @param present reads the resource, at least at a version; empty if the wait for it ended first
     * @throws PreconditionFailed if the resource has changed; with the tag that it has now, if it can be read
     */
    public <W> W send(Supplier<W> change, Function<Freshness, Optional<? extends SingleResource>> present) {
        try {
            return change.get();
        } catch (StatusRuntimeException failure) {
            RefusedException refused = RefusalCodec.fromStatus(failure);
            if (refused.problem() != Problem.PRECONDITION_FAILED) {
                throw failure;
            }
            Freshness asRefused = Freshness.newBuilder()
                    .setAtLeastVersion(Long.parseLong(refused.attributes().get("version")))
                    .build();
            throw new PreconditionFailed(
                    refused,
                    WrittenVersion.tryRead(() -> present.apply(asRefused))
                            .flatMap(Function.identity())
                            .map(resource -> PreparedJson.of(resource).entityTag()));
        }
    }
}
