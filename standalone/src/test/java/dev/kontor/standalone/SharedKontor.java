package dev.kontor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.standalone.distributed.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * One Kontor with demo data, started by the first test that needs it and stopped after the last of all. No test may
 * lead to an internal error in it.
 */
public final class SharedKontor implements ParameterResolver, TestWatcher, AfterAllCallback {

    /**
     * Whether the tests run against processes of their own, over Axon Server, and not against the standalone process.
     */
    public static final boolean IN_PROCESSES = Boolean.getBoolean("kontor.test.processes");

    /** The system under test, in one process or several. */
    public interface Target extends AutoCloseable {

        URI rest();

        /** All its output so far. */
        String output();

        /** Audits its log; fails if it is not clean. */
        void audit(Shop shop);

        @Override
        void close();
    }

    private static final class Running implements AutoCloseable {

        private final Target target;
        private final Shop shop;
        /** The length of the output that was searched. */
        private int looked;

        Running() {
            target = IN_PROCESSES ? Processes.shared() : new OneJvm();
            shop = new Shop(target.rest());
        }

        @Override
        public void close() {
            target.audit(shop);
            target.close();
        }
    }

    private static final class OneJvm implements Target {

        private final Path data;
        private final KontorProcess kontor;

        OneJvm() {
            try {
                data = Files.createTempDirectory("kontor-shared");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            kontor = KontorProcess.start(data, "--kontor.demo=true");
        }

        @Override
        public URI rest() {
            return kontor.rest();
        }

        @Override
        public String output() {
            return kontor.output();
        }

        @Override
        public void audit(Shop shop) {
            Client admin = shop.signedIn("admin1@example.com", "testPass123").client();
            assertThat(admin.get("/api/v1/admin/audit").hasStatus(200).at("/clean"))
                    .as("the audit after all tests")
                    .isEqualTo("true");
        }

        @Override
        public void close() {
            kontor.close();
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Shop.class || type == KontorProcess.class && !IN_PROCESSES;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Running.class, missing -> new Running(), Running.class);
        return parameter.getParameter().getType() == Shop.class ? running.shop : ((OneJvm) running.target).kontor;
    }

    /** The reason of a failed test is often in the output of the process. */
    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        running(context)
                .ifPresent(running -> System.err.printf(
                        "%s failed. Kontor has said so far:%n%s%n", context.getDisplayName(), running.target.output()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running(context).ifPresent(running -> {
            String said = running.target.output();
            String sinceBefore = said.substring(running.looked);
            running.looked = said.length();
            assertThat(sinceBefore).as("what Kontor said").doesNotContain(" ERROR ");
        });
    }

    private static Optional<Running> running(ExtensionContext context) {
        return Optional.ofNullable(context.getRoot().getStore(Namespace.GLOBAL).get(Running.class, Running.class));
    }
}
