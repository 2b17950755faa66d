package dev.kontor.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;

/**
 * Ends the process when a point is reached for the n-th time since it was armed, like {@code kill -9}: without hooks or
 * flushes. A line {@code <point> <n>} on the standard input arms it.
 */
final class Fuse {

    /** 128 + SIGKILL: the exit code of a killed process. */
    private static final int KILLED = 137;

    private CrashPoint armed;
    private int passes;

    Fuse() {
        Thread.ofPlatform().daemon().name("fuse").start(this::listen);
    }

    private void listen() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                arm(CrashPoint.valueOf(words[0]), Integer.parseInt(words[1]));
                System.out.println("armed: " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
