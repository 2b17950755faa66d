package dev.kontor.side;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.grpc.platform.LogRateLimitConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.MergedAnnotations;

class SideTest {

    @Test
    void the_log_of_every_side_is_bounded() {
        assertThat(MergedAnnotations.from(Side.class).get(Import.class).getClassArray("value"))
                .contains(LogRateLimitConfiguration.class);
    }
}
