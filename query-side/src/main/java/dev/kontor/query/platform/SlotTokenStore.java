package dev.kontor.query.platform;

import dev.kontor.side.platform.ForwardingTokenStore;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * The tokens of one of a view's generations, for the event processor that feeds it, whatever the processor's name is.
 * The slot may change only while that processor is stopped.
 */
public final class SlotTokenStore extends ForwardingTokenStore {

    private final View view;
    private final Supplier<Slot> slot;

    SlotTokenStore(TokenStore tokens, View view, Supplier<Slot> slot) {
        super(tokens);
        this.view = view;
        this.slot = slot;
    }

    private String name() {
        return slot.get().nameOf(view.name());
    }

    @Override
    public void storeToken(TrackingToken token, String processorName, int segment) {
        super.storeToken(token, name(), segment);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        super.initializeTokenSegments(name(), segmentCount);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, TrackingToken initialToken) {
        super.initializeTokenSegments(name(), segmentCount, initialToken);
    }

    @Override
    public TrackingToken fetchToken(String processorName, int segment) {
        return super.fetchToken(name(), segment);
    }

    @Override
    public TrackingToken fetchToken(String processorName, Segment segment) {
        return super.fetchToken(name(), segment);
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        super.extendClaim(name(), segment);
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        super.releaseClaim(name(), segment);
    }

    @Override
    public void initializeSegment(TrackingToken token, String processorName, int segment) {
        super.initializeSegment(token, name(), segment);
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        super.deleteToken(name(), segment);
    }

    @Override
    public int[] fetchSegments(String processorName) {
        return super.fetchSegments(name());
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        return super.fetchAvailableSegments(name());
    }
}
