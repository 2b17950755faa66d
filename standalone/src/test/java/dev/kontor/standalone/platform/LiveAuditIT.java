package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.ParallelClients;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.ToolProcess;
import dev.kontor.testsupport.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop can be audited during use. */
class LiveAuditIT {

    @TempDir
    private Path data;

    private KontorProcess kontor;
    private Shop shop;

    @BeforeEach
    void start() {
        kontor = KontorProcess.start(data, "--kontor.demo=true");
        shop = new Shop(kontor);
    }

    @AfterEach
    void close() {
        kontor.close();
    }

    private Answer audit() {
        return shop.admin().client().get("/api/v1/admin/audit");
    }

    @Test
    void it_is_clean_in_the_middle_of_orders_over_rest_and_by_the_tool_and_leaves_nothing_behind() throws IOException {
        try (Shoppers shoppers = new Shoppers(shop)) {
            long last = 0;
            for (int round = 0; round < 3; round++) {
                shoppers.acknowledged(20);

                Answer report = audit().hasStatus(200);

                assertThat(report.json().get("clean").asBoolean())
                        .as(report.body())
                        .isTrue();
                assertThat(report.number("/events")).isGreaterThan(last);
                assertThat(report.json().get("views")).hasSize(6);
                assertThat(report.json().get("violations")).isEmpty();
                last = report.number("/events");

                assertThat(ToolProcess.run("audit", "--data", data)).startsWith("CLEAN: ");
            }
        }
        try (Stream<Path> left = Files.list(data.resolve("checkpoints"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void while_a_view_is_rebuilt_it_is_clean() {
        try (Shoppers shoppers = new Shoppers(shop)) {
            shoppers.acknowledged(50);
            for (String view : List.of("orders", "catalog")) {
                shop.admin()
                        .client()
                        .post("/api/v1/admin/views/" + view + "/rebuild")
                        .hasStatus(202);

                Answer report = audit().hasStatus(200);

                assertThat(report.json().get("clean").asBoolean())
                        .as(report.body())
                        .isTrue();
            }
        }
    }

    @Test
    void of_two_simultaneous_audits_one_is_refused_or_they_run_one_after_the_other() {
        List<Answer> answers = ParallelClients.allAtOnce(4, this::audit);

        assertThat(answers).anySatisfy(answer -> answer.hasStatus(200));
        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() != 200) {
                answer.isProblem(409, "conflict");
                assertThat(answer.at("/detail")).startsWith("An audit is running already");
            }
        });
    }

    @Test
    void the_audit_is_for_admins_only() {
        shop.anonymous().get("/api/v1/admin/audit").isProblem(401, "unauthenticated");
        shop.signedInCustomer().client().get("/api/v1/admin/audit").isProblem(403, "forbidden");
    }
}
