package dev.kontor.crash;

/**
 * Ends the process when a point is reached for the n-th time since it was armed, like {@code kill -9}: without hooks or
 * flushes. A line {@code arm <point> <n>} on the standard input arms it.
 */
final class Fuse {

    /** 128 + SIGKILL: the exit code of a killed process. */
    private static final int KILLED = 137;

    private CrashPoint armed;
    private int passes;

    Fuse() {
        StandardInput.on("arm", line -> {
            String[] words = line.split(" ");
            arm(CrashPoint.valueOf(words[0]), Integer.parseInt(words[1]));
        });
    }

    private synchronized void arm(CrashPoint point, int times) {
        armed = point;
        passes = times;
    }

    synchronized void reached(CrashPoint point) {
        if (point == armed && --passes == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
