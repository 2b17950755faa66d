package dev.kontor.side.platform;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.pooled.MaxSegmentProvider;

/**
 * Spreads the segments of event processors evenly over the instances of a side. Each instance computes its own share
 * from the same list of live instances, claims no more and releases the surplus; the shares add up to all segments.
 * Where a remainder is left, the oldest instances have one more each, so that few segments move when an instance joins
 * or leaves.
 *
 * <p>An instance that cannot run a processor at the moment has no share of it; its segments would otherwise stand idle.
 */
public final class SegmentBalancer implements MaxSegmentProvider {

    private final ClusterMember self;
    private final ClusterMembers instances;
    private final SharedTokens tokens;
    /** Fixed once the tokens are stored. */
    private final Map<String, Integer> segments = new ConcurrentHashMap<>();

    public SegmentBalancer(ClusterMember self, ClusterMembers instances, SharedTokens tokens) {
        this.self = self;
        this.instances = instances;
        this.tokens = tokens;
    }

    @Override
    public int getMaxSegments(String processor) {
        List<ClusterMembers.Member> sharing = instances.ofThisSide().stream()
                .filter(member -> member.feeds(processor) || isSelf(member))
                .toList();
        int rank = IntStream.range(0, sharing.size())
                .filter(place -> isSelf(sharing.get(place)))
                .findFirst()
                .orElse(-1);
        if (rank < 0) {
            // The other instances do not know this one yet, or declared it gone.
            return 0;
        }
        int all = segmentsOf(processor);
        return all / sharing.size() + (rank < all % sharing.size() ? 1 : 0);
    }

    private boolean isSelf(ClusterMembers.Member member) {
        return member.instance().id().equals(self.id());
    }

    private int segmentsOf(String processor) {
        Integer known = segments.get(processor);
        if (known == null) {
            segments.putAll(tokens.segments());
            known = segments.getOrDefault(processor, 0);
        }
        return known;
    }
}
