package dev.kontor.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.PageRequest;
import dev.kontor.query.platform.PageAfter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    private final Paging paging = new Paging("products", "search", 5L);

    @Test
    void a_token_tells_where_the_page_before_ended() {
        PageAfter end = new PageAfter("a title\nwith two lines", "id");

        assertThat(paging.after(page(paging.token(end)))).isEqualTo(end);
    }

    @Test
    void the_first_page_comes_after_nothing_and_the_last_has_no_token() {
        assertThat(paging.after(page(""))).isNull();
        assertThat(paging.token(null)).isEmpty();
    }

    @Test
    void a_token_of_another_list_is_refused() {
        String token = new Paging("products", "other", 5L).token(new PageAfter("1", "id"));

        assertThatThrownBy(() -> paging.after(page(token)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("pageToken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "%%%", "YQ", "e30"})
    void a_token_that_is_none_of_ours_is_refused(String token) {
        assertThatThrownBy(() -> paging.after(page(token))).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void a_page_is_one_to_a_hundred_long(int size) {
        PageRequest request = PageRequest.newBuilder().setSize(size).build();

        assertThatThrownBy(() -> Paging.size(request))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("pageSize");
    }

    @Test
    void a_page_is_twenty_long_where_nothing_is_said() {
        assertThat(Paging.size(PageRequest.getDefaultInstance())).isEqualTo(20);
    }

    private static PageRequest page(String token) {
        return PageRequest.newBuilder().setToken(token).build();
    }
}
