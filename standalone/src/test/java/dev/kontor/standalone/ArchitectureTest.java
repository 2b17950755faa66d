package dev.kontor.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house as the design draws it: arrows run only downwards, and rooms have the same names everywhere. */
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
        "dev.kontor.wire"
    };

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.kontor");

    @Test
    void every_module_was_read() {
        for (String module : MODULES) {
            assertThat(HOUSE.that(resideInAPackage(module + "..")))
                    .as("classes of " + module)
                    .hasSizeGreaterThan(module.equals("dev.kontor.text") ? 2 : 5);
        }
        assertThat(HOUSE.contain("dev.kontor.gateway.order.OrderOutcome")).isTrue();
        assertThat(HOUSE.get("dev.kontor.gateway.order.OrderOutcome").getDirectDependenciesFromSelf())
                .as("what a class file of this Java tells")
                .anyMatch(dependency -> dependency.getTargetClass().getName().startsWith("dev.kontor.proto."));
    }

    @ParameterizedTest
    @CsvSource({
        "text,",
        "proto,",
        "api, text",
        "audit,",
        "store,",
        "wire, proto",
        "gateway, wire proto text",
        "side, api wire proto",
        "command, api wire proto side text",
        "query, api wire proto side text"
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
                .check(HOUSE);
    }

    @Test
    void nobody_knows_the_one_jvm() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kontor.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.kontor.standalone..")
                .check(HOUSE);
    }

    @Test
    void modules_make_no_circle() {
        slices().matching("dev.kontor.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void rooms_have_the_same_names_everywhere() {
        List<String> rooms = List.of("identity", "customer", "catalog", "cart", "order", "operations", "platform");
        String[] places = Arrays.stream(MODULES)
                .filter(module -> !module.equals("dev.kontor.store"))
                .flatMap(module ->
                        Stream.concat(Stream.of(module), rooms.stream().map(room -> module + "." + room)))
                .toArray(String[]::new);

        classes()
                .that()
                .resideOutsideOfPackages("dev.kontor.store..", "dev.kontor.standalone.tools")
                .should()
                .resideInAnyPackage(places)
                .check(HOUSE);
    }

    /** They start at once, and are no part of what runs. */
    @Test
    void tools_know_no_spring_and_the_rooms_know_no_tools() {
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.standalone.tools")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.standalone.*")
                .and()
                .resideOutsideOfPackage("dev.kontor.standalone.tools")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.kontor.standalone.tools")
                .check(HOUSE);
    }

    @Test
    void the_language_knows_no_framework_but_its_own_annotations() {
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.grpc..", "com.mongodb..", "org.rocksdb..")
                .check(HOUSE);
    }

    @Test
    void rocksdb_is_known_to_the_store_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kontor.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rocksdb..", "de.bwaldvogel..")
                .check(HOUSE);
    }

    @Test
    void commands_are_sent_by_the_command_side_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.kontor.query..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework.commandhandling..")
                .check(HOUSE);
    }
}
