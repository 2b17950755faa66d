package dev.kontor.standalone.crash;

import static dev.kontor.standalone.Eventually.eventually;

import dev.kontor.standalone.Customer;
import dev.kontor.standalone.Product;
import dev.kontor.standalone.Shop;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while orders run: they are refused with a problem, reads continue, and writes resume once there is space. */
class FullDiskIT {

    private static final int DISK_MEBIBYTES = 512;
    private static final int RESERVE_MEBIBYTES = 64;
    private static final int LEFT_MEBIBYTES = 16;
    private static final int ENOUGH = 10;
    private static final int BUYERS = 3;
    private static final Duration SOON = Duration.ofSeconds(120);

    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean over;

    @TempDir
    private Path folder;

    private Mount disk;
    private Victim victim;

    @AfterEach
    void close() throws IOException {
        if (disk != null) {
            victim.close();
            disk.close();
        }
    }

    @Test
    void orders_are_refused_while_the_disk_is_full_and_go_on_without_a_restart() throws Exception {
        disk = Mount.small(folder, DISK_MEBIBYTES);
        victim = new Victim(folder.resolve("data"), "--kontor.log.reserve=" + RESERVE_MEBIBYTES + "MB");
        Shop shop = victim.start();
        Ledger ledger = victim.newLedger(BUYERS);
        Product thing = ledger.listed(shop.listedProduct(1_000_000), 1_000_000);

        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        List<Future<?>> orders = new ArrayList<>();
        try {
            for (Customer buyer : ledger.buyers()) {
                orders.add(threads.submit(() -> {
                    while (!over) {
                        note(ledger, buyer.orders(thing.times(1)));
                    }
                }));
            }
            more("orders are confirmed", confirmed);

            Path filler = fill();
            more("orders are refused", refused);
            shop.look(thing).hasStatus(200);
            ledger.buyers().getFirst().allOrders();

            Files.delete(filler);
            more("orders are confirmed again", confirmed);
        } finally {
            over = true;
            for (Future<?> one : orders) {
                one.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
            threads.shutdownNow();
        }
        Audit.of(ledger, shop);

        victim.kontor().kill();
        victim.audit();
        Audit.of(ledger, victim.start());
    }

    private void note(Ledger ledger, Answer answer) {
        if (answer.status() == 503) {
            answer.isProblem(503, "storage-full");
            refused.incrementAndGet();
            return;
        }
        ledger.note(answer);
        if (answer.status() == 201) {
            confirmed.incrementAndGet();
        }
    }

    private static void more(String what, AtomicInteger count) {
        int enough = count.get() + ENOUGH;
        eventually(SOON, what, count::get, now -> now >= enough);
    }

    private Path fill() throws IOException {
        FileStore store = Files.getFileStore(folder);
        Path filler = folder.resolve("filler");
        byte[] mebibyte = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (store.getUsableSpace() > (long) LEFT_MEBIBYTES << 20) {
                out.write(mebibyte);
            }
        }
        return filler;
    }
}
