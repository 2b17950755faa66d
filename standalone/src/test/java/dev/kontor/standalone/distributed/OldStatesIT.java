package dev.kontor.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.kontor.audit.platform.AuditReport;
import dev.kontor.side.customer.MongoKeyRing;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.distributed.DistributedKontor.Part;
import dev.kontor.standalone.operations.AuditedFolder;
import dev.kontor.testsupport.CuttingProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of each side over one log. The gateway alternates, and the commands of each command side stay within
 * it: so the state in the memory of one is always older than what the other wrote. Each of the four is frozen, stopped
 * and cut off in turn, under checkouts, sign-ups and cancels.
 */
class OldStatesIT {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int CUSTOMERS = 8;
    private static final int NEWCOMERS = 1;
    private static final int A_FEW = 10;

    @TempDir
    Path folder;

    @Test
    void unavailable_processes_lose_nothing_and_block_no_client() {
        List<String> keys = new ArrayList<>();
        try (DistributedKontor kontor = DistributedKontor.ofTwo(folder.resolve("log"))) {
            BusyShop busy = new BusyShop(new Shop(kontor.rest()), CUSTOMERS, NEWCOMERS);
            try (busy) {
                busy.goOn(A_FEW, SOON);
                for (CuttingProxy wire : kontor.wires()) {
                    wire.freeze();
                    busy.goOn(A_FEW, SOON);
                    wire.cut();
                    busy.goOn(A_FEW, SOON);
                    wire.restore();
                    busy.goOn(A_FEW, SOON);
                }
                for (Part side : List.of(Part.COMMAND_SIDE, Part.QUERY_SIDE)) {
                    kontor.stop(side);
                    busy.goOn(A_FEW, SOON);
                    kontor.start(side);
                    kontor.stopSecond(side);
                    busy.goOn(A_FEW, SOON);
                    kontor.startSecond(side);
                }
                busy.goOn(A_FEW, SOON);
            } finally {
                System.err.println(busy);
            }
            DistributedKontor.awaitWell(kontor.rest());
            busy.everyAnswerWasTrue(SOON);
            try (MongoClient mongo = MongoClients.create(kontor.mongoUri())) {
                mongo.getDatabase("kontor")
                        .getCollection(MongoKeyRing.COLLECTION)
                        .find()
                        .map(key -> key.getString("_id"))
                        .into(keys);
            }
        }

        AuditReport report = AuditedFolder.audit(folder, keys::forEach, line -> {});

        assertThat(report.violationCount()).as(report.text()).isZero();
        assertThat(report.events()).isPositive();
    }
}
