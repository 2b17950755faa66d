package dev.kontor.standalone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import dev.kontor.store.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A Kontor that is ended again and again, and restarted on the same data folder. */
final class Victim implements AutoCloseable {

    private static final String ADMIN = "admin@example.com";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("KONTOR_ADMIN_EMAIL", ADMIN, "KONTOR_ADMIN_PASSWORD", Shop.PASSWORD);

    private final List<String> program;
    private final Path data;
    private final List<String> settings;
    private KontorProcess kontor;
    private Shop shop;
    private Duration startTook = Duration.ZERO;

    /** The packaged jar. */
    Victim(Path data, String... settings) {
        this(null, data, settings);
    }

    /** @param program the JVM's arguments; null for the packaged application */
    Victim(List<String> program, Path data, String... settings) {
        this.program = program;
        this.data = data;
        this.settings = List.of(settings);
    }

    KontorProcess begin() {
        close();
        String[] arguments = settings.toArray(String[]::new);
        kontor = program == null
                ? KontorProcess.begin(data, ENVIRONMENT, arguments)
                : KontorProcess.begin(program, data, ENVIRONMENT, arguments);
        return kontor;
    }

    /** Starts it; it is ready on return. */
    Shop start() {
        long begin = System.nanoTime();
        begin().untilReady();
        startTook = Duration.ofNanos(System.nanoTime() - begin);
        shop = new Shop(kontor);
        return shop;
    }

    /**
     * A killed process leaves a consistent folder: nothing is missing in the log, and no view is ahead of it.
     *
     * @throws AssertionError with the audit's output
     */
    void audit() {
        AuditTool.findsNothingIn(data);
    }

    /** Not running. */
    void hasNoKeyOf(Set<String> customers) {
        try (Vault keys = Vault.open(data.resolve("keys"))) {
            assertThat(customers)
                    .as("whose personal data can still be read")
                    .noneMatch(customer -> keys.get("customer/" + customer).isPresent());
        }
    }

    KontorProcess kontor() {
        return kontor;
    }

    Shop shop() {
        return shop;
    }

    Path data() {
        return data;
    }

    /** Of the last start, until it was ready. */
    Duration startTook() {
        return startTook;
    }

    /** With new customers, who are signed in. */
    Ledger newLedger(int buyers) {
        return new Ledger(
                Stream.generate(shop::signedInCustomer).limit(buyers).toList(), shop.signedIn(ADMIN, Shop.PASSWORD));
    }

    @Override
    public void close() {
        if (kontor != null) {
            kontor.close();
        }
    }
}
