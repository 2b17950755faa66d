package dev.kontor.grpc.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver.Listener2;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticAddressesTest {

    private final List<ResolutionResult> told = new ArrayList<>();

    private StaticAddressResolver resolve(String target) {
        SynchronizationContext together = new SynchronizationContext((thread, failure) -> {
            throw new AssertionError(failure);
        });
        StaticAddressResolver resolver =
                new StaticAddressResolver(StaticAddresses.parse(target), Runnable::run, together);
        together.execute(() -> resolver.start(new Listener2() {
            @Override
            public void onResult(ResolutionResult result) {
                told.add(result);
            }

            @Override
            public Status onResult2(ResolutionResult result) {
                told.add(result);
                return Status.OK;
            }

            @Override
            public void onError(Status error) {
                throw new AssertionError(error);
            }
        }));
        return resolver;
    }

    private List<EquivalentAddressGroup> found() {
        return told.getLast().getAddressesOrError().getValue();
    }

    @Test
    void grpc_knows_the_scheme_and_uses_dns_without_one() {
        assertThat(NameResolverRegistry.getDefaultRegistry().getProviderForScheme("list"))
                .isInstanceOf(StaticAddressesProvider.class);
        assertThat(NameResolverRegistry.getDefaultRegistry().getDefaultScheme()).isEqualTo("dns");
    }

    @Test
    void each_address_is_an_instance_with_the_authority_of_its_name() throws Exception {
        resolve("list:///127.0.0.1:9091, [::1]:9092");

        assertThat(found())
                .extracting(group -> group.getAddresses().getFirst())
                .containsExactly(
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 9091),
                        new InetSocketAddress(InetAddress.getByName("::1"), 9092));
        assertThat(found())
                .extracting(group -> group.getAttributes().get(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE))
                .containsExactly("127.0.0.1:9091", "[::1]:9092");
    }

    @Test
    void names_are_resolved_and_unknown_ones_are_omitted() {
        StaticAddressResolver resolver = resolve("list:///nowhere.invalid:1,localhost:9091");

        assertThat(resolver.getServiceAuthority()).isEqualTo("nowhere.invalid:1");
        assertThat(found()).isNotEmpty().allSatisfy(group -> {
            InetSocketAddress address = (InetSocketAddress) group.getAddresses().getFirst();
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            assertThat(address.getPort()).isEqualTo(9091);
        });
    }

    @Test
    void if_no_name_can_be_resolved_the_side_is_unavailable() {
        resolve("list:///nowhere.invalid:1");

        assertThat(told.getLast().getAddressesOrError().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void an_unchanged_result_is_not_reported_again() {
        StaticAddressResolver resolver = resolve("list:///127.0.0.1:9091");

        resolver.refresh();
        resolver.shutdown();
        resolver.refresh();

        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list:///",
                "list:///a",
                "list:///a:",
                "list:///a:0",
                "list:///a:65536",
                "list:///a:-1",
                "list:///a:1,",
                "list:///a:1,,b:2",
                "list:///a:1;b:2",
                "list:///a:1/path",
                "list:///user@a:1",
                "list:///a b:1",
                "list://a:1",
                "list:a:1"
            })
    void an_invalid_list_is_named_in_a_sentence(String target) {
        assertThatThrownBy(() -> StaticAddresses.parse(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + target + "\" cannot be used: ");
    }
}
