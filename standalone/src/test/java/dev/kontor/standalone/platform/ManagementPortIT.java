package dev.kontor.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.Client;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Packaged;
import dev.kontor.standalone.Shop;
import dev.kontor.standalone.WithKontor;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagementPortIT extends WithKontor {

    @Test
    void a_port_of_its_own_has_health_and_all_metrics_without_a_token_and_that_of_rest_has_neither() {
        kontor = KontorProcess.begin(
                        Packaged.programThatSearchesBeans(),
                        data(),
                        Map.of(),
                        "--kontor.demo=true",
                        "--management.server.port=0",
                        "--management.server.address=127.0.0.1",
                        "--management.endpoints.web.exposure.include=health,prometheus")
                .untilReady();
        shop = new Shop(kontor);
        shop.signedInCustomer().orders(shop.listedProduct(1).times(1)).hasStatus(201);

        Client management = Client.anonymous(URI.create("http://127.0.0.1:" + kontor.healthPort()));
        assertThat(management.get("/actuator/health/readiness").hasStatus(200).body())
                .contains("UP");
        assertThat(management.get("/actuator/prometheus").hasStatus(200).body())
                .contains("kontor_orders_decision_seconds_count{outcome=\"confirmed\"} 1")
                .contains("kontor_events_total{type=\"OrderPlaced\"} 1.0")
                .contains("kontor_views_lag_events{view=\"orders\"}")
                .contains("kontor_processors_handling_seconds_bucket{processor=\"order-processing\"")
                .contains("kontor_processors_stall_seconds{processor=\"unshipped-orders\"}")
                .contains("http_server_request_duration_seconds_count{")
                .contains("kontor_log_sync_seconds_bucket{");
        shop.admin().client().get("/actuator/prometheus").hasStatus(404);
        shop.anonymous().get("/actuator/health").hasStatus(404);
    }
}
