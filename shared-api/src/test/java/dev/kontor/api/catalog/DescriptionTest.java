package dev.kontor.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptionTest {

    @Test
    void a_product_needs_a_title_and_a_category_but_no_text() {
        assertThat(new Description(" Lamp ", "", " light ")).isEqualTo(new Description("Lamp", "", "light"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Description("", "", "light"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Description("Lamp", "", " "));
    }

    @Test
    void each_has_a_bound() {
        Description longest = new Description("t".repeat(200), "x".repeat(5_000), "c".repeat(60));
        assertThat(List.of(
                        longest.title().length(),
                        longest.text().length(),
                        longest.category().length()))
                .containsExactly(200, 5_000, 60);
        assertThatIllegalArgumentException().isThrownBy(() -> new Description("t".repeat(201), "", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Description("t", "x".repeat(5_001), "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Description("t", "", "c".repeat(61)));
    }
}
