package dev.kontor.deploy.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the validation of the files: each mistake here is planted in a valid file. */
class KubernetesSchemaTest {

    private static final String RIGHT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: gateway
              labels:
                tier: web
            spec:
              replicas: 2
              selector:
                matchLabels:
                  tier: web
              template:
                spec:
                  containers:
                    - name: application
                      image: kontor/gateway
                      env:
                        - name: DEMO
                          value: "true"
                      readinessProbe:
                        httpGet:
                          path: /ready
                          port: actuator
                        periodSeconds: 3
                      resources:
                        limits:
                          memory: 768Mi
            """;

    private static final String RIGHT_CERTIFICATE = """
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata:
              name: gateway
            spec:
              secretName: gateway-tls
              dnsNames: [gateway]
            """;

    private static final String RIGHT_RULE = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: gateway
            spec:
              host: gateway
              trafficPolicy:
                tls:
                  mode: ISTIO_MUTUAL
            """;

    private static final String RIGHT_MONITOR = """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata:
              name: kontor
            spec:
              selector: {}
              endpoints:
                - port: actuator
                  interval: 15s
            """;

    @Test
    void a_valid_file_passes() {
        assertThat(KubernetesSchema.mistakes(RIGHT)).isEmpty();
        assertThat(KubernetesSchema.mistakes(RIGHT_CERTIFICATE)).isEmpty();
        assertThat(KubernetesSchema.mistakes(RIGHT_RULE)).isEmpty();
        assertThat(KubernetesSchema.mistakes(RIGHT_MONITOR)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a field that does not exist           | replicas: 2            | replicaCount: 2
                    a field of another place              | periodSeconds: 3       | interval: 3
                    a field in the wrong case             | readinessProbe:        | readinessprobe:
                    a text where a number is asked for    | replicas: 2            | replicas: "2"
                    words where a number is asked for     | replicas: 2            | replicas: two
                    a truth where a text is asked for     | value: "true"          | value: true
                    a number where a text is asked for    | value: "true"          | value: 1
                    a number as a label                   | labels: {tier: web}   | labels: {tier: 1}
                    a list where a map is asked for       | matchLabels: {tier: web} | matchLabels: [web]
                    a kind that does not exist            | kind: Deployment       | kind: Deploymnet
                    a version that does not exist         | apiVersion: apps/v1    | apiVersion: apps/v7
                    a field that must be there            | name: application      | tty: true
                    """)
    void a_mistake_is_found(String what, String right, String wrong) {
        String text = RIGHT.replace("labels:\n    tier: web", "labels: {tier: web}")
                .replace("matchLabels:\n      tier: web", "matchLabels: {tier: web}");
        assertThat(KubernetesSchema.mistakes(text)).isEmpty();
        assertThat(text).contains(right);

        assertThat(KubernetesSchema.mistakes(text.replace(right, wrong)))
                .as(what)
                .isNotEmpty();
    }

    @Test
    void a_selector_that_is_missing_is_found() {
        assertThat(KubernetesSchema.mistakes(RIGHT.replaceAll("(?s)  selector:.*?template:", "  template:")))
                .singleElement()
                .asString()
                .contains("selector");
    }

    @Test
    void a_key_that_is_there_twice_is_found() {
        assertThat(KubernetesSchema.mistakes(RIGHT.replace("replicas: 2", "replicas: 2\n  replicas: 3")))
                .singleElement()
                .asString()
                .contains("duplicate key replicas");
    }

    @Test
    void mistakes_in_custom_resources_are_found() {
        assertThat(KubernetesSchema.mistakes(RIGHT_CERTIFICATE.replace("dnsNames: [", "dnsName: [")))
                .isNotEmpty();
        assertThat(KubernetesSchema.mistakes(RIGHT_RULE.replace("trafficPolicy:", "trafficPolicies:")))
                .isNotEmpty();
        assertThat(KubernetesSchema.mistakes(RIGHT_RULE.replace("ISTIO_MUTUAL", "MUTUALLY")))
                .isNotEmpty();
        assertThat(KubernetesSchema.mistakes(RIGHT_MONITOR.replace("interval: 15s", "intervall: 15s")))
                .isNotEmpty();
    }

    @Test
    void a_patch_need_not_be_whole_but_right() {
        String patch = RIGHT.replaceAll("(?s)  selector:.*?template:", "  template:");

        assertThat(KubernetesSchema.mistakesOfPatch(patch)).isEmpty();
        assertThat(KubernetesSchema.mistakesOfPatch(patch.replace("replicas:", "replica:")))
                .isNotEmpty();
    }
}
