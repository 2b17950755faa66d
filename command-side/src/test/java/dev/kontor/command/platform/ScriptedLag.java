package dev.kontor.command.platform;

import dev.kontor.side.platform.SharedTokens;

/** A processor lag that a test sets. */
public final class ScriptedLag extends ProcessingLag {

    private boolean behind;
    private boolean elsewhere;

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

    /** Sets whether another process has the first segment. */
    public void isElsewhere(boolean whether) {
        elsewhere = whether;
    }

    @Override
    public boolean hasFirstSegment() {
        return !elsewhere;
    }
}
