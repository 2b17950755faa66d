package dev.kontor.store;

import java.nio.file.Path;
import java.util.Map;

/** A program that appends from several threads, prints each acknowledged position, and never ends by itself. */
final class AppendingUntilKilled {

    private static final int THREADS = 4;

    private AppendingUntilKilled() {}

    public static void main(String... arguments) {
        StoreSetup setup = new StoreSetup(Path.of(arguments[0]));
        String run = arguments[1];
        for (int thread = 0; thread < THREADS; thread++) {
            String aggregate = run + "-" + thread;
            Thread.ofPlatform().start(() -> appendForEver(setup, aggregate));
        }
    }

    private static void appendForEver(StoreSetup setup, String aggregate) {
        for (long sequence = 0; ; sequence++) {
            long now = sequence;
            StoreSetup.inUnitOfWork(() -> {
                setup.eventStore.publish(
                        StoreSetup.event(aggregate, now).andMetaData(Map.of("filler", "x".repeat(200))));
                setup.store.column("counts").put(aggregate, KeyEncoding.position(now));
            });
            String line = aggregate + "#" + sequence;
            synchronized (AppendingUntilKilled.class) {
                System.out.println(line);
                System.out.flush();
            }
        }
    }
}
