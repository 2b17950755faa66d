package dev.kontor.command.platform;

import dev.kontor.side.platform.SharedTokens;
import org.axonframework.eventhandling.TrackingToken;

/** A processor lag that a test sets. */
public final class ScriptedLag extends ProcessingLag {

    private boolean behind;
    private boolean elsewhere;
    private long read;

    public ScriptedLag() {
        super(null, null, (SharedTokens) null);
    }

    public void isBehind(boolean whether) {
        behind = whether;
    }

    @Override
    public boolean isBehind() {
        return behind;
    }

    /** Sets the position of the last event that the processor has read. */
    public void hasReadUpTo(long position) {
        read = position;
    }

    @Override
    public boolean hasRead(TrackingToken token) {
        return token.position().orElseThrow() <= read;
    }

    /** Sets whether another process has the first segment. */
    public void isElsewhere(boolean whether) {
        elsewhere = whether;
    }

    @Override
    public boolean hasFirstSegment() {
        return !elsewhere;
    }
}
