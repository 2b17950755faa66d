package dev.kontor.command.operations;

/** A processor that lags when a test says so. */
public final class ScriptedLag extends ProcessingLag {

    private boolean behind;

    public ScriptedLag() {
        super(null, null);
    }

    public void isBehind(boolean whether) {
        behind = whether;
    }

    @Override
    public boolean isBehind() {
        return behind;
    }
}
