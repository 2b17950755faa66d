package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Precondition;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static Precondition versions(int count) {
        return Precondition.newBuilder()
                .addAllVersions(Collections.nCopies(count, 7L))
                .build();
    }

    @Test
    void a_precondition_without_a_version_is_one() {
        assertThat(Requests.precondition(false, Precondition.getDefaultInstance()))
                .isNull();
        assertThat(Requests.precondition(true, Precondition.getDefaultInstance()))
                .isEqualTo(new dev.kontor.api.Precondition(List.of()));
    }

    @Test
    void the_number_of_versions_is_bounded() {
        assertThat(Requests.precondition(true, versions(20)).isMetBy(7)).isTrue();
        assertThatThrownBy(() -> Requests.precondition(true, versions(21)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("20");
    }
}
