package dev.kontor.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules depend only on those below them, and features have the same packages in every module. */
class ArchitectureTest {

    private static final String[] MODULES = {
        "dev.kontor.api",
        "dev.kontor.audit",
        "dev.kontor.command",
        "dev.kontor.gateway",
        "dev.kontor.proto",
        "dev.kontor.query",
        "dev.kontor.side",
        "dev.kontor.standalone",
        "dev.kontor.store",
        "dev.kontor.text",
        "dev.kontor.grpc"
    };

    private static final JavaClasses KONTOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/test-support/"))
            // Spring's code of the beans.
            .withImportOption(location -> !location.contains("__"))
            .importPackages("dev.kontor");

    @Test
    void every_module_was_read() {
        for (String module : MODULES) {
            assertThat(KONTOR.that(resideInAPackage(module + "..")))
                    .as("classes of " + module)
                    .hasSizeGreaterThan(module.equals("dev.kontor.text") ? 2 : 5);
        }
        assertThat(KONTOR.contain("dev.kontor.gateway.order.OrderOutcome")).isTrue();
        assertThat(KONTOR.get("dev.kontor.gateway.order.OrderOutcome").getDirectDependenciesFromSelf())
                .as("what a class file of this Java tells")
                .anyMatch(dependency -> dependency.getTargetClass().getName().startsWith("dev.kontor.proto."));
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.kontor.(**)").should().beFreeOfCycles().check(KONTOR);
    }

    @ParameterizedTest
    @CsvSource({
        "text,",
        "proto,",
        "api, text",
        "audit,",
        "store,",
        "grpc, proto",
        "gateway, grpc proto text",
        "side, api grpc proto",
        "command, api grpc proto side text",
        "query, api grpc proto side text"
    })
    void a_module_knows_only_what_is_below_it(String module, String below) {
        DescribedPredicate<JavaClass> allowed =
                resideInAPackage("dev.kontor." + module + "..").as(module);
        for (String known : below == null ? new String[0] : below.split(" ")) {
            allowed = allowed.or(resideInAPackage("dev.kontor." + known + ".."));
        }
        noClasses()
                .that()
                .resideInAPackage("dev.kontor." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.kontor..").and(DescribedPredicate.not(allowed)))
                .check(KONTOR);
    }

    @Test
    void no_module_depends_on_the_standalone_one() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kontor.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.kontor.standalone..")
                .check(KONTOR);
    }

    @Test
    void modules_have_no_cycles() {
        slices().matching("dev.kontor.(*)..").should().beFreeOfCycles().check(KONTOR);
    }

    @Test
    void failures_are_told_apart_by_type_and_not_by_stack_trace() {
        noClasses()
                .that()
                // A dead letter shows the first frame to its reader; nothing is handled by it.
                .doNotHaveSimpleName("LetterPolicy")
                .should()
                .callMethod(Throwable.class, "getStackTrace")
                .check(KONTOR);
    }

    @Test
    void features_have_the_same_packages_in_every_module() {
        List<String> features =
                List.of("identity", "customer", "catalog", "cart", "order", "request", "operations", "platform");
        String[] places = Arrays.stream(MODULES)
                .filter(module -> !module.equals("dev.kontor.store"))
                .flatMap(module ->
                        Stream.concat(Stream.of(module), features.stream().map(feature -> module + "." + feature)))
                .toArray(String[]::new);

        classes()
                .that()
                .resideOutsideOfPackages(
                        "dev.kontor.store..",
                        "dev.kontor.standalone.tools..",
                        "dev.kontor.api.ids",
                        "dev.kontor.api.storage")
                .should()
                .resideInAnyPackage(places)
                .check(KONTOR);
    }

    /** They start at once, and are not part of the running system. */
    @Test
    void tools_know_no_spring_and_the_features_know_no_tools() {
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.standalone.tools..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(KONTOR);
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.standalone.*")
                .and()
                .resideOutsideOfPackage("dev.kontor.standalone.tools..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.kontor.standalone.tools..")
                .check(KONTOR);
    }

    @Test
    void the_language_knows_no_framework_but_its_own_annotations() {
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.grpc..", "com.mongodb..", "org.rocksdb..")
                .check(KONTOR);
    }

    @Test
    void rocksdb_is_known_to_the_store_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kontor.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rocksdb..", "de.bwaldvogel..")
                .check(KONTOR);
    }

    /** Spring finds them by Axon's annotations. */
    @Test
    void aggregates_and_sagas_know_neither_transport_nor_spring() {
        ArchRule rule = noClasses()
                .that(fold(EventSourcingHandler.class).or(fold(SagaEventHandler.class)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.grpc..",
                        "dev.kontor.proto..",
                        "dev.kontor.grpc..",
                        "org.springframework..",
                        "com.mongodb..",
                        "org.rocksdb..");
        rule.check(KONTOR);
        assertThat(KONTOR.that(fold(EventSourcingHandler.class)))
                .as("aggregates, and the class that they extend")
                .hasSize(13);
        assertThat(KONTOR.that(fold(SagaEventHandler.class))).as("sagas").hasSize(1);
    }

    private static DescribedPredicate<JavaClass> fold(Class<? extends Annotation> handler) {
        return DescribedPredicate.describe(
                "classes with @" + handler.getSimpleName(),
                type -> type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(handler)));
    }

    /** A reader answers queries with messages of the gRPC API, but knows neither calls nor services. */
    @Test
    void handlers_know_no_transport() {
        DescribedPredicate<JavaClass> messages =
                resideInAPackage("dev.kontor.proto..").as("messages of the gRPC API");
        DescribedPredicate<JavaClass> calls = resideInAPackage("io.grpc..").or(simpleNameEndingWith("Grpc"));
        noClasses()
                .that(fold(CommandHandler.class).or(fold(EventHandler.class)))
                .and()
                .resideInAnyPackage("dev.kontor.command..", "dev.kontor.query..")
                .should()
                .dependOnClassesThat(messages.or(calls))
                .check(KONTOR);
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.query..")
                .and()
                .haveSimpleNameEndingWith("Reader")
                .should()
                .dependOnClassesThat(calls)
                .check(KONTOR);
    }

    @Test
    void commands_are_sent_by_the_command_side_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.query..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework.commandhandling..")
                .check(KONTOR);
    }

    /** The build makes code of the beans (ADR 37): conditions are judged then. */
    @Test
    void no_setting_decides_which_beans_there_are() {
        noClasses()
                .that()
                .doNotHaveSimpleName("AxonServerLog")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot.autoconfigure.condition..")
                .check(KONTOR);
    }
}
